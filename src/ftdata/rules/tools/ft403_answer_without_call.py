"""A tool answers, but no call waits for this answer.

Why it matters: models see a result out of nowhere. What asks a hosted model refuses such a conversation;
mistral-common refuses a tool's turn right after the user's.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "tool", "tool_call_id": "a", "content": "sunny"},
      {"role": "assistant", "content": "It is sunny."}
    ]}

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "tool_call_id": "b", "content": "sunny"},
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

How to repair: write the id of the call into `tool_call_id`, put the call back that was lost, or drop the
answer.

Source: openai/openai-openapi@f85dbe2 ChatCompletionRequestToolMessage; microsoft/promptflow#3130;
mistral-common 1.13.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, tool_use_of
from ftdata.rules.quoting import quoted
from ftdata.rules.turns.speakers import is_known


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent on an unknown role, which is another fault."""
    return (
        bool(limits.calls_matched)
        and facts.tools is not None
        and any(is_known(answer.role, limits) for answer in facts.tools.strays)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at what the answer says of the call."""
    for answer in tool_use_of(record).strays if limits.calls_matched else ():
        if is_known(answer.role, limits):
            there = isinstance(answer.to, str)
            pointer = answer.pointer + (f"/{answer.key}" if there else "")
            yield Found(pointer, {"to": quoted(answer.to)})


RULE = Rule(
    code="FT403",
    name="answer-without-call",
    message="the answer is to {to}, and no call of that id or name waits for one",
    severity="warning",
    fact="calls_matched",
    flags=flags,
    locate=locate,
    on_tools=True,
)
