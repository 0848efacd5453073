r"""The last line was cut off.

Why it matters: a download or a program was stopped in the middle of a row, and more rows may be missing
behind it.

Flagged:

    b'{"text": "Hello"}\n{"text": "Hel'

Clean:

    b'{"text": "Hello"}\n{"text": "Hello"}'

How to repair: get the file again, and compare its size; or delete the last line if the rows behind it are
not needed. A good last line without a line end is fine.

Source: RFC 8259; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT105",
    name="truncated-last-line",
    message="the file ends within a row, at column {column}",
)
