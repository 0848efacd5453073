"""The name of a tool is not of the form that the target demands.

Why it matters: hosted services refuse names with spaces, dots or letters of other alphabets, and models
that are asked with such a name refuse the request.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather.now", "arguments": "{}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather.now"}}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather_now", "arguments": "{}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather_now"}}
    ]}

How to repair: rename the tool where it is declared and where it is called.

Source: openai/openai-openapi@f85dbe2 FunctionObject; mistral-common 1.13.1
protocol/instruct/validator.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, ToolUse, tool_use_of
from ftdata.rules.quoting import quoted
from ftdata.rules.tools.pattern import matches


def flags(facts: Facts, limits: Limits) -> bool:
    """Looks at each name."""
    pattern = limits.tool_name_pattern
    return (
        pattern is not None
        and facts.tools is not None
        and any(not matches(pattern, name) for _, name in _names(facts.tools))
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each name that is declared or called."""
    pattern = limits.tool_name_pattern
    for pointer, name in _names(tool_use_of(record)) if pattern is not None else ():
        if not matches(pattern or "", name):
            yield Found(pointer, {"name": quoted(name), "pattern": pattern})


def _names(use: ToolUse) -> Iterator[tuple[str, str]]:
    if use.definitions is not None:
        for tool in use.definitions.tools:
            yield tool.at_name, tool.name
    for call in use.calls:
        if isinstance(call.name, str):
            yield call.at("name"), call.name


RULE = Rule(
    code="FT413",
    name="tool-name-form",
    message="the name {name} is not of the form {pattern}",
    severity="warning",
    fact="tool_name_pattern",
    flags=flags,
    locate=locate,
    on_tools=True,
)
