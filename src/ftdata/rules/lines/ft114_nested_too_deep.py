"""Brackets stand within brackets, level after level.

Why it matters: readers of JSON give up at some depth, and some crash. No training data needs more than a
few levels. Nothing else is said about such a line.

Flagged: a line of 5,000 opening brackets.

Clean:

    {"a": [[[[[["six levels of lists"]]]]]]}

How to repair: look at what wrote the line: it is broken, or meant to harm.

Source: RFC 8259, section 9; orjson 3.13 stops at 1,024 levels, json at Python's recursion limit; checked
2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT114",
    name="nested-too-deep",
    message="brackets stand deeper than {limit} levels",
)
