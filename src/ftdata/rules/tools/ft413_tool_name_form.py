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

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from ftdata.model import Definitions, Facts, Found, Limits, Rule, ToolUse, tool_use_of
from ftdata.rules.quoting import quoted
from ftdata.rules.tools.pattern import matches


def flags(facts: Facts, limits: Limits) -> bool:
    """Looks at each name that is called; the verdict on equal definitions is remembered."""
    pattern, use = limits.tool_name_pattern, facts.tools
    if pattern is None or use is None:
        return False
    known: Collection[str] = ()
    if use.definitions is not None:
        if not _all_match(use.definitions, pattern):
            return True
        known = use.definitions.by_name
    for call in use.calls:
        name = call.name
        if isinstance(name, str) and name not in known and not matches(pattern, name):
            return True
    return False


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each name that is declared or called."""
    pattern = limits.tool_name_pattern
    for pointer, name in _names(tool_use_of(record)) if pattern is not None else ():
        if not matches(pattern or "", name):
            yield Found(pointer, {"name": quoted(name), "pattern": pattern})


@lru_cache(maxsize=128)
def _all_match(definitions: Definitions, pattern: str) -> bool:
    return all(matches(pattern, tool.name) for tool in definitions.tools)


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
