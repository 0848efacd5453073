"""Two calls that wait for their answers have the same id.

Why it matters: an answer then belongs to both calls. Hosted models refuse such a conversation, and trainers
that collect answers by their ids lose one of them.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}},
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "tool_call_id": "a", "content": "sunny"},
      {"role": "tool", "tool_call_id": "a", "content": "windy"},
      {"role": "assistant", "content": "It is sunny."}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}},
        {"id": "b", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "tool_call_id": "a", "content": "sunny"},
      {"role": "tool", "tool_call_id": "b", "content": "windy"},
      {"role": "assistant", "content": "It is sunny."}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

How to repair: give each call an id of its own, and each answer that of its call.

Source: openai/openai-openapi@f85dbe2 ChatCompletionMessageToolCall; mistral-common 1.13.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, tool_use_of
from ftdata.rules.quoting import quoted


def flags(facts: Facts, limits: Limits) -> bool:
    """True where an id is that of an earlier call; one that was answered may lend its id again."""
    return bool(limits.call_ids_unique) and facts.tools is not None and bool(facts.tools.repeated)


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the id of each later call."""
    for call in tool_use_of(record).repeated if limits.call_ids_unique else ():
        yield Found(call.at("id"), {"id": quoted(call.id)})


RULE = Rule(
    code="FT402",
    name="repeated-call-id",
    message="an earlier call of this turn has the id {id}, too",
    severity="warning",
    fact="call_ids_unique",
    flags=flags,
    locate=locate,
    on_tools=True,
)
