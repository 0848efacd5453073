"""Two tools of a row have the same name.

Why it matters: a call says which tool it means by the name alone.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}},
      {"type": "function", "function": {"name": "weather"}}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

How to repair: drop one of the two, or rename it.

Source: openai/openai-openapi@f85dbe2 ChatCompletionMessageToolCall: a call names its function.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, tool_use_of
from ftdata.rules.quoting import quoted


def flags(facts: Facts, limits: Limits) -> bool:
    """True where a name is declared twice."""
    use = facts.tools
    return (
        bool(limits.tool_names_unique)
        and use is not None
        and use.definitions is not None
        and use.definitions.repeated
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each later name."""
    definitions = tool_use_of(record).definitions
    if not limits.tool_names_unique or definitions is None:
        return
    seen: set[str] = set()
    for tool in definitions.tools:
        if tool.name in seen:
            yield Found(tool.at_name, {"name": quoted(tool.name)})
        seen.add(tool.name)


RULE = Rule(
    code="FT411",
    name="repeated-tool",
    message="an earlier tool has the name {name}, too",
    severity="warning",
    fact="tool_names_unique",
    flags=flags,
    locate=locate,
    on_tools=True,
)
