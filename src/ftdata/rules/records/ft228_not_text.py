"""Something that is not text stands where a text has to be.

Why it matters: a list or an object has no one way to be written as text; to guess one would change your
data. Numbers and booleans are written as JSON writes them, and null is an empty cell.

Target: generic-chat from prompt-completion

Flagged:

    {"prompt": "Where is the shop?", "completion": {"street": "High Street", "number": 4}}

Clean:

    {"prompt": "How many branches are there?", "completion": 4}

How to repair: write the value as text before, or name another column with --map ROLE=COLUMN.

Source: layouts/ of this package.
"""

from __future__ import annotations

from ftdata.model import Rule

RULE = Rule(
    code="FT228",
    name="not-text",
    message="found {found} where text has to be",
)
