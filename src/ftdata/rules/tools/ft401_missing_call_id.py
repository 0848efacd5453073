"""A call has no id, or an answer does not say which call it answers.

Why it matters: trainers match answers to calls by their ids. NeMo refuses an answer without one, templates of
Mistral stop. Where there are several calls, nobody can say whose the answer is.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "tool_call_id": "a", "content": "sunny"},
      {"role": "assistant", "content": "It is sunny."}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "content": "sunny"},
      {"role": "assistant", "content": "It is sunny."}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "tool_call_id": "a", "content": "sunny"},
      {"role": "assistant", "content": "It is sunny."}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

How to repair: give each call an id of its own, and its answer the same one as `tool_call_id`; `ftdata
convert` does so where the order of the answers leaves no doubt.

Source: NeMo Automodel@36044ad chat_dataset.py; mistral-common 1.13.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, tool_use_of


def flags(facts: Facts, limits: Limits) -> bool:
    """An answer that no call waits for is another fault."""
    return (
        bool(limits.call_ids)
        and facts.tools is not None
        and bool(facts.tools.calls_without_id or facts.tools.answers_without_id)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each call, and at each answer."""
    use = tool_use_of(record)
    for call in use.calls_without_id if limits.call_ids else ():
        yield Found(call.pointer, {"what": "the call has no id"})
    for answer in use.answers_without_id if limits.call_ids else ():
        yield Found(answer.pointer, {"what": "the answer names no call"})


RULE = Rule(
    code="FT401",
    name="missing-call-id",
    message="{what}",
    severity="warning",
    fact="call_ids",
    flags=flags,
    locate=locate,
    on_tools=True,
)
