"""A row does not have the keys that its layout needs.

Why it matters: the layout was told from the first rows, or named with --from; a row of another shape has
nothing that could be the question or the answer.

Target: generic-chat from question-answer

Flagged:

    {"title": "Opening hours", "body": "Nine to five."}

Clean:

    {"question": "When do you open?", "answer": "At nine."}

How to repair: name the layout with --from, the columns with --map ROLE=COLUMN or with --user and
--assistant, or move rows of another shape to a file of their own.

Source: layouts/ of this package; `ftdata convert --help` lists them.
"""

from __future__ import annotations

from ftdata.model import Rule

RULE = Rule(
    code="FT221",
    name="lacks-layout-keys",
    message="as {layout} the row needs {missing}; found {found}",
)
