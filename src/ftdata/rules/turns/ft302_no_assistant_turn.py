"""No turn is the assistant's: there is nothing to learn.

Why it matters: hosted services refuse the file. TRL trains the model on the user's words alone, or stops
where only assistant turns are to be trained.

Flagged:

    {"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}]}

Clean:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

How to repair: add the reply, or leave the row out. Rows of prompts alone belong to reinforcement
fine-tuning or distillation.

Source: openai/openai-cookbook, Chat_finetuning_data_prep.ipynb (example_missing_assistant_message); PyPI
together-1.5.35, files.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule
from ftdata.rules.turns.speakers import is_known


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent beside an unknown role, which may be the assistant's under another name."""
    return (
        bool(limits.needs_assistant)
        and not facts.turns.assistants
        and all(is_known(role, limits) for role in facts.turns.distinct)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the list of turns."""
    roles = [message["role"] for message in record["messages"]]
    if (
        limits.needs_assistant
        and "assistant" not in roles
        and all(is_known(role, limits) for role in roles)
    ):
        yield Found("/messages", {"turns": len(roles)})


RULE = Rule(
    code="FT302",
    name="no-assistant-turn",
    message="none of the {turns} turn(s) is the assistant's",
    fact="needs_assistant",
    flags=flags,
    locate=locate,
)
