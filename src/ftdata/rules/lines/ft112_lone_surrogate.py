r"""A text holds half of a surrogate pair.

Why it matters: an emoji was cut in two. Such text cannot be written as UTF-8: some readers refuse the line,
others crash when the text is tokenized.

Flagged:

    {"text": "cut \ud83d"}

    {"text": "\ude00 turned \ud83d around"}

Clean:

    {"text": "whole \ud83d\ude00"}

    {"text": "an escaped backslash: \\ud83d"}

How to repair: cut texts between characters, not within them; write with ensure_ascii=False.

Source: RFC 8259, section 8.2; orjson 3.13 and msgspec 0.22, run: both refuse it; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT112",
    name="lone-surrogate",
    message="{escape} is half of a surrogate pair",
)
