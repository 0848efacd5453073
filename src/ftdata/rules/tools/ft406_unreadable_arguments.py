"""The arguments of a call are not a JSON object.

Why it matters: the model learns to write calls that no program can read. Axolotl stops at them.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "city: Rome"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "[\\"Rome\\"]"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function",
         "function": {"name": "weather", "arguments": "{\\"city\\": \\"Rome\\"}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

How to repair: write the arguments as one JSON object; a call without any has `{}`.

Source: openai/openai-openapi@f85dbe2 ChatCompletionMessageToolCall; axolotl 0.19.0
prompt_strategies/chat_template.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, tool_use_of
from ftdata.rules.quoting import quoted
from ftdata.rules.tools.arguments import fault_of


def flags(facts: Facts, limits: Limits) -> bool:
    """Looks at each call: what they hold is not known otherwise."""
    return (
        bool(limits.arguments_parse)
        and facts.tools is not None
        and any(map(fault_of, facts.tools.calls))
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the arguments."""
    for call in tool_use_of(record).calls if limits.arguments_parse else ():
        fault = fault_of(call)
        if fault:
            pointer = call.at("arguments")
            name = quoted(call.name) if call.name is not None else "a call"
            yield Found(pointer, {"name": name, "fault": fault})


RULE = Rule(
    code="FT406",
    name="unreadable-arguments",
    message="the arguments of {name} are {fault}, not a JSON object",
    severity="warning",
    fact="arguments_parse",
    flags=flags,
    locate=locate,
    on_tools=True,
)
