r"""The file is UTF-16 or UTF-32.

Why it matters: PowerShell and Excel write it unasked. The line looks right in every editor, and the service
answers that line 1 is not a JSON dictionary. Nothing behind it is looked at.

Flagged:

    b'\xff\xfe{\x00"\x00a\x00"\x00:\x001\x00}\x00\n\x00'

    b'{\x00"\x00a\x00"\x00:\x001\x00}\x00\n\x00'

Clean:

    {"a":1}

How to repair: save the file as UTF-8 without a byte order mark; in PowerShell with -Encoding utf8NoBOM.

Source: https://github.com/mkht/PSOpenAI/issues/19; RFC 8259, section 8.1; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT102",
    name="utf16-or-utf32",
    message="the file is {encoding}, must be UTF-8",
)
