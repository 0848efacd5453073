"""The conversation does not begin with the user.

Why it matters: Llama 2, Gemma, Mistral and Cohere chat templates stop when the assistant speaks first, and
LLaMA-Factory and torchtune drop or refuse the row. The hosted services of OpenAI and Azure take it. A
system turn may stand before.

Flagged:

    {"messages": [
      {"role": "assistant", "content": "Hello"},
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "How are you?"}
    ]}

Clean:

    {"messages": [
      {"role": "system", "content": "Be kind."},
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello"}
    ]}

How to repair: drop the turns before the user's first, or put what was asked before them.

Source: torchtune 0.6.1, data/_messages.py; chat templates in unsloth 2026.10.9, rendered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule
from ftdata.rules.quoting import cut
from ftdata.rules.turns.speakers import in_order, is_known, turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent where only system turns stand."""
    first = facts.turns.first
    return (
        limits.first_roles is not None
        and first not in limits.first_roles
        and first is not None
        and is_known(first, limits)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the first turn that is not a system turn."""
    spoken = (turn for turn in turns_in(record) if turn[1] not in ("system", "developer"))
    for index, role, _ in spoken:
        if (
            limits.first_roles is not None
            and role not in limits.first_roles
            and is_known(role, limits)
        ):
            yield Found(
                f"/messages/{index}",
                {"role": cut(role), "allowed": in_order("first_roles", limits)},
            )
        return


RULE = Rule(
    code="FT304",
    name="wrong-first-turn",
    message="the conversation begins with the {role}, not the {allowed}",
    severity="warning",
    fact="first_roles",
    flags=flags,
    locate=locate,
)
