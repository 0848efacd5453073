"""A role that the target may take or refuse: the evidence is missing or conflicts.

Why it matters: the developer role stands in OpenAI's rows for reinforcement fine-tuning but not in the
schema of its supervised rows, and most open-source chat templates drop it or stop. A whole job may depend
on it.

Target: openai-sft

Flagged:

    {"messages": [
      {"role": "developer", "content": "Be kind."},
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello"}
    ]}

Clean:

    {"messages": [
      {"role": "system", "content": "Be kind."},
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello"}
    ]}

How to repair: write system in place of developer. Where you know that the role is taken, say
`--ignore FT311`.

Source: openai/openai-openapi@498c71d, FineTuneChatRequestInput; chat templates of trl 1.16.0 and unsloth
2026.10.9, rendered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule
from ftdata.rules.turns.speakers import in_order, turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """True where any role is unproven."""
    unsure = limits.unsure_roles
    return unsure is not None and not unsure.isdisjoint(facts.turns.distinct)


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each unproven role."""
    for index, role, _ in turns_in(record):
        if role in (limits.unsure_roles or ()):
            yield Found(
                f"/messages/{index}/role", {"role": role, "allowed": in_order("roles", limits)}
            )


RULE = Rule(
    code="FT311",
    name="unproven-role",
    message="role {role!r} may be refused or dropped; sure are {allowed}",
    severity="warning",
    fact="unsure_roles",
    flags=flags,
    locate=locate,
)
