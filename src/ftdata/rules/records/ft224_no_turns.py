"""A conversation has no turns, or none of the assistant where one is needed.

Why it matters: there is nothing to learn from it. A transcript in which the assistant does not speak,
and a pair or a verdict without an answer, cannot become examples.

Target: generic-chat from chat

Flagged:

    {"messages": []}

Clean:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

How to repair: leave the row out. In a transcript, check with --speaker NAME=assistant that the right
name is the assistant's.

Source: TRL 1.16.0 trainer/sft_trainer.py: an empty list of messages ends in a bare IndexError.
"""

from __future__ import annotations

from ftdata.model import Rule

RULE = Rule(
    code="FT224",
    name="no-turns",
    message="nobody speaks, or not the assistant after a user",
)
