"""Every assistant turn has weight 0: nothing of the row is trained.

Why it matters: weight 0 hides a reply from the loss, not from the bill. A row with weight 0 everywhere is
paid for and teaches nothing.

Flagged:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 0}]}

Clean:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello", "weight": 0},
      {"role": "user", "content": "Bye"},
      {"role": "assistant", "content": "Bye", "weight": 1}
    ]}

How to repair: give the reply that should be learnt weight 1, or none; or leave the row out.

Source: openai/openai-openapi@f85dbe2, FineTuneChatCompletionRequestAssistantMessage; OpenAI supervised
fine-tuning guide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, is_trained
from ftdata.rules.turns.speakers import turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent where no reply stands at all, which is another fault."""
    return bool(limits.needs_trained_turn) and not facts.trained and facts.turns.assistants > 0


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the list of turns."""
    replies = [message for _, role, message in turns_in(record) if role == "assistant"]
    if limits.needs_trained_turn and replies and not any(map(is_trained, replies)):
        yield Found("/messages", {"replies": len(replies)})


RULE = Rule(
    code="FT309",
    name="weights-train-nothing",
    message="all {replies} assistant turn(s) have weight 0",
    fact="needs_trained_turn",
    flags=flags,
    locate=locate,
)
