"""The question, the answer, or a cell that a template names is empty.

Why it matters: an empty answer teaches silence, an empty question teaches to talk without being asked.
Text that is only white space counts as empty.

Target: generic-chat from question-answer

Flagged:

    {"question": "When do you open?", "answer": " "}

    {"question": null, "answer": "At nine."}

Clean:

    {"question": "Is it open on Sunday?", "answer": false}

How to repair: fill the cell, or say what to do with such rows: `--on-empty drop` leaves them out,
`--on-empty keep` writes empty text.

Source: OpenAI's data preparation notebook (missing_content); fine-tuning on Azure refuses empty prompts
(MicrosoftDocs/azure-docs#107548).
"""

from __future__ import annotations

from ftdata.model import Rule

RULE = Rule(
    code="FT222",
    name="empty-cell",
    message="the {role} text is empty (column {column!r})",
)
