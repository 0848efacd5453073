"""A turn follows one that it cannot follow.

Why it matters: LLaMA-Factory skips a row in which the user speaks after a tool, as only the model can answer
a tool; mistral-finetune refuses it, and a tool's turn after the user's.

Target: mistral-sft

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "tool", "tool_call_id": "aB3dE5fG7", "content": "sunny"},
      {"role": "assistant", "content": "Sunny."}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "tool_calls": [
        {"id": "aB3dE5fG7", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "tool_call_id": "aB3dE5fG7", "content": "sunny"},
      {"role": "assistant", "content": "Sunny."}
    ]}

How to repair: put what stood between the two turns back, or cut the conversation before them.

Source: LLaMA-Factory 0.9.5, data/converter.py; mistral-common 1.3.4, protocol/instruct/validator.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule
from ftdata.rules.turns.speakers import turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """True where a role follows one that it may not follow."""
    return limits.next_roles is not None and not all(
        _may_follow(before, role, limits.next_roles) for before, role in facts.turns.followed
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each turn that may not follow the one before; system turns between them do not count."""
    allowed = limits.next_roles or {}
    spoken = [turn for turn in turns_in(record) if turn[1] not in ("system", "developer")]
    for (_, before, _), (index, role, _) in pairwise(spoken):
        if role != before and not _may_follow(before, role, allowed):
            params = {"role": role, "before": before, "allowed": [*allowed[before]]}
            yield Found(f"/messages/{index}", params)


def _may_follow(before: str, role: str, next_roles: Mapping[str, Any]) -> bool:
    """Silent on roles that the fact does not name: `unknown-role` speaks of them."""
    return before not in next_roles or role not in next_roles or role in next_roles[before]


RULE = Rule(
    code="FT313",
    name="wrong-next-turn",
    message="the {role} speaks after the {before}, where {allowed} has to",
    severity="warning",
    fact="next_roles",
    flags=flags,
    locate=locate,
)
