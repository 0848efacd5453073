"""A role is none of those that the target knows.

Why it matters: hosted services refuse the file. Chat templates of Qwen, Phi, DeepSeek and GLM drop the
turn without a word, so that the model trains on half a conversation.

Flagged:

    {"messages": [{"role": "human", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "Assistant", "content": "Hello"}]}

Clean:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

How to repair: rename the role; `ftdata convert --from sharegpt` maps human and gpt, and
`--speaker NAME=ROLE` any other name.

Source: openai/openai-openapi@498c71d, FineTuneChatRequestInput; chat templates of trl 1.16.0 and unsloth
2026.10.9, rendered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule
from ftdata.rules.quoting import cut
from ftdata.rules.turns.speakers import in_order, is_known, turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """True where any role is unknown."""
    distinct = facts.turns.distinct
    return (
        limits.roles is not None
        and not distinct <= limits.roles
        and not all(is_known(role, limits) for role in distinct)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each unknown role."""
    for index, role, _ in turns_in(record):
        if not is_known(role, limits):
            yield Found(
                f"/messages/{index}/role", {"role": cut(role), "allowed": in_order("roles", limits)}
            )


RULE = Rule(
    code="FT303",
    name="unknown-role",
    message="role {role!r} is not one of {allowed}",
    fact="roles",
    flags=flags,
    locate=locate,
)
