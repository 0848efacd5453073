"""The file is larger than the target takes.

Why it matters: the upload is refused, or fails in silence.

Flagged: a file of 600 MB, where 512 MB are taken.

Clean: the same file in two parts.

How to repair: split the file, or send it in parts where the service offers that.

Source: the fact max_file_bytes on the page of the target.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT119",
    name="file-too-large",
    message="the file has {byte_count:,} bytes, at most {limit:,} are taken",
    fact="max_file_bytes",
)
