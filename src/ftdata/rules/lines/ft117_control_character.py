r"""A raw control character stands in the line.

Why it matters: JSON allows tabs, line breaks and other control characters inside text only as escapes.
Lenient readers take them, strict ones refuse the line. A NUL mostly means damage.

Flagged:

    b'{"text": "a\tb"}\n'

    b'{"text": "a\x00b"}\n'

    b'\x0c{"text": "a"}\n'

Clean:

    {"text": "a\tb"}

    b'\t{"text":\t"a"}\n'

How to repair: write lines with a JSON library, which escapes them as \t, \n or \u0000.

Source: RFC 8259, section 7; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT117",
    name="control-character",
    message="raw {character} at column {column}; inside text it must be escaped",
)
