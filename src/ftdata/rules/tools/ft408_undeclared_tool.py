"""A tool is called that the row does not declare.

Why it matters: the model learns to call tools that it was not offered. Mistral refuses the file.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "forecast", "arguments": "{}"}}
      ]}
    ], "tools": [
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

How to repair: declare the tool, or correct the name that is called.

Source: mistralai/platform-docs-public@222f4ba, fine-tuning; mistral-finetune@1943535.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Call, Definitions, Facts, Found, Limits, Rule, tool_use_of
from ftdata.rules.quoting import names_of, quoted


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent where no tool is declared at all, which is another fault."""
    use = facts.tools
    return (
        bool(limits.called_declared)
        and use is not None
        and use.definitions is not None
        and use.definitions.is_whole
        and any(_is_undeclared(use.definitions, call) for call in use.calls)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each name that is called."""
    use = tool_use_of(record)
    declared = use.definitions
    if not limits.called_declared or declared is None or not declared.is_whole:
        return
    for call in use.calls:
        if _is_undeclared(declared, call):
            params = {"name": quoted(call.name), "declared": names_of(declared.by_name)}
            yield Found(call.at("name"), params)


def _is_undeclared(definitions: Definitions, call: Call) -> bool:
    return isinstance(call.name, str) and call.name not in definitions.by_name


RULE = Rule(
    code="FT408",
    name="undeclared-tool",
    message="the tool {name} is called, declared are {declared}",
    severity="warning",
    fact="called_declared",
    flags=flags,
    locate=locate,
    on_tools=True,
)
