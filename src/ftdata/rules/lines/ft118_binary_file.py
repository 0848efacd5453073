r"""The file is not text.

Why it matters: it has the suffix of a text file, but holds an archive, a picture or rubbish. Nothing behind
its head is looked at.

Flagged:

    b'\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR'

    b'PK\x03\x04\x14\x00\x00\x00'

    b'\x00\x01\x02\x03\x00\x01\x02\x03'

Clean:

    {"text": "Hello"}

How to repair: unpack it, or name the right file. Parquet, Arrow and Excel files, and .gz, .bz2 and .zst
archives are known by their content, whatever their name.

Source: openai/openai-openapi@f85dbe2 (every line is a JSON dictionary); checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT118",
    name="binary-file",
    message="the file is {found}, not text",
)
