"""The line is longer than what is read of one line.

Why it matters: line breaks got lost, or something else than a row stands there. The line is counted and
skipped, so that memory stays bounded; the lines behind it are read.

Flagged: a line of 100 MB, where 32 MB are read.

Clean: a line of 1 MB.

How to repair: look at the beginning of the line; a picture belongs behind a link, or in a smaller size.

Source: a limit of ftdata, far above what any service takes for one example.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT115",
    name="line-too-long",
    message="the line has {byte_count:,} bytes, at most {limit:,} are read",
)
