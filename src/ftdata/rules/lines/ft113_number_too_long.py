"""A number is beyond what readers of JSON can hold.

Why it matters: readers turn it into infinity, refuse it, or take very long over it. Long integers below
that are read exactly.

Flagged:

    {"score": 1e400}

Clean:

    {"id": 123456789012345678901234567890}

    {"score": 1e-400}

How to repair: write identifiers as text, in double quotes.

Source: RFC 8259, section 6 (numbers within the range of a double); checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT113",
    name="number-too-long",
    message="the number at column {column} ({digits} digits) is beyond the range of a double",
)
