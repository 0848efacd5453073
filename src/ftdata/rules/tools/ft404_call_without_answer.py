"""A call is not answered before the conversation goes on.

Why it matters: the model learns to go on without the result. What asks a hosted model refuses such a
conversation, mistral-common does too. A call at the very end needs no answer: it is what is learned.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "user", "content": "And Oslo?"},
      {"role": "assistant", "content": "I do not know."}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}},
        {"id": "b", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "tool_call_id": "a", "content": "sunny"},
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

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

How to repair: add the tool's turn, or end the example on the call.

Source: openai/openai-openapi@f85dbe2 ChatCompletionRequestToolMessage; microsoft/promptflow#3130;
mistral-common 1.13.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, tool_use_of
from ftdata.rules.quoting import quoted


def flags(facts: Facts, limits: Limits) -> bool:
    """True where a call is left behind."""
    return bool(limits.calls_answered) and facts.tools is not None and bool(facts.tools.unanswered)


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each such call."""
    for call in tool_use_of(record).unanswered if limits.calls_answered else ():
        yield Found(call.pointer, {"name": quoted(call.name)})


RULE = Rule(
    code="FT404",
    name="call-without-answer",
    message="the call of {name} is not answered before the next turn",
    severity="warning",
    fact="calls_answered",
    flags=flags,
    locate=locate,
    on_tools=True,
)
