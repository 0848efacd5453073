"""A number is NaN or infinite, which JSON cannot say.

Why it matters: Python's json writes and reads these words, other readers refuse the line. They come from
empty cells of a table.

Flagged:

    {"text": "Hello", "score": NaN}

    {"score": -Infinity}

Clean:

    {"text": "Hello", "score": null}

    {"text": "NaN"}

How to repair: leave the key out or write null; json.dumps(..., allow_nan=False) finds it when writing.

Source: RFC 8259, section 6; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT109",
    name="nan-or-infinity",
    message="{literal} at column {column} is no JSON number",
)
