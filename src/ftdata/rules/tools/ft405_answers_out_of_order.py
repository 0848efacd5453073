"""The answers to parallel calls come in another order than the calls.

Why it matters: where a chat template prints no ids, the model can match answers to calls by their order
only, and learns them swapped.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}},
        {"id": "b", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "tool_call_id": "b", "content": "sunny"},
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

How to repair: put the answers in the order of the calls.

Source: Qwen 3 and Llama 3 chat templates, which print no ids, in trl 1.16.0 and unsloth 2026.10.9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, tool_use_of
from ftdata.rules.quoting import quoted


def flags(facts: Facts, limits: Limits) -> bool:
    """True where an answer comes before that to an earlier call."""
    return (
        bool(limits.answers_in_order) and facts.tools is not None and bool(facts.tools.disordered)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each such answer."""
    for answer in tool_use_of(record).disordered if limits.answers_in_order else ():
        yield Found(answer.pointer, {"to": quoted(answer.to)})


RULE = Rule(
    code="FT405",
    name="answers-out-of-order",
    message="the answer to {to} comes before the answer to an earlier call",
    severity="warning",
    fact="answers_in_order",
    flags=flags,
    locate=locate,
    on_tools=True,
)
