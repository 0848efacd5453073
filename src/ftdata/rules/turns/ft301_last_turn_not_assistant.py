"""The last turn is not the assistant's.

Why it matters: an example teaches the assistant's words. What stands after the last reply teaches nothing,
is paid for all the same, and hosted services refuse the file for it. A reply may be a tool call: a call
that nobody answers is a good end.

Rows whose answers stand elsewhere (pairs, judged answers) or are yet to be given (reinforcement) hold a
prompt: there the last turn must not be the assistant's.

Flagged:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello"},
      {"role": "user", "content": "Bye"}
    ]}

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "tool_calls": [
        {"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "tool_call_id": "1", "content": "sunny"}
    ], "tools": [{"type": "function", "function": {"name": "weather"}}]}

Clean:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "tool_calls": [
        {"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]}
    ], "tools": [{"type": "function", "function": {"name": "weather"}}]}

How to repair: drop the turns after the last reply, or add the reply.

Source: OpenAI supervised fine-tuning guide; mistral-finetune@1943535, utils/validate_data.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule
from ftdata.rules.quoting import cut
from ftdata.rules.turns.speakers import in_order, is_known


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent without any reply, which is another fault, and on a role that is none."""
    return (
        limits.last_roles is not None
        and facts.turns.last not in limits.last_roles
        and (facts.turns.assistants > 0 or not limits.needs_assistant)
        and is_known(facts.turns.last, limits)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the last turn."""
    roles = [message["role"] for message in record["messages"]]
    if (
        limits.last_roles is not None
        and roles[-1] not in limits.last_roles
        and ("assistant" in roles or not limits.needs_assistant)
        and is_known(roles[-1], limits)
    ):
        yield Found(
            f"/messages/{len(roles) - 1}",
            {"role": cut(roles[-1]), "allowed": in_order("last_roles", limits)},
        )


RULE = Rule(
    code="FT301",
    name="last-turn-not-assistant",
    message="the last turn is the {role}'s, not the {allowed}'s",
    fact="last_roles",
    flags=flags,
    locate=locate,
)
