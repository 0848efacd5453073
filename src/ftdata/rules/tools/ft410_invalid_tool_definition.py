"""The parameters of a tool are no valid JSON Schema.

Why it matters: hosted models refuse such a definition when they are asked, so what is trained on it cannot
be used. Often a type has the name that Python gives it.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather", "parameters": {
        "type": "object", "properties": {"city": {"type": "str"}}
      }}}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function",
         "function": {"name": "weather", "arguments": "{\\"city\\": \\"Rome\\"}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather", "parameters": {
        "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]
      }}}
    ]}

How to repair: correct the schema: types are string, number, integer, boolean, array, object and null.

Source: openai/openai-openapi@f85dbe2 FunctionParameters; mistral-common 1.13.1
protocol/instruct/validator.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, tool_use_of
from ftdata.rules.quoting import quoted
from ftdata.rules.tools.parameters import compiled


def flags(facts: Facts, limits: Limits) -> bool:
    """Equal definitions are compiled once."""
    use = facts.tools
    return (
        bool(limits.tool_schemas_valid)
        and use is not None
        and use.definitions is not None
        and bool(compiled(use.definitions).faults)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points into the parameters."""
    definitions = tool_use_of(record).definitions
    if not limits.tool_schemas_valid or definitions is None:
        return
    for tool, fault in compiled(definitions).faults:
        inside = fault.pointer if tool.at_parameters != tool.pointer else ""
        params = {"name": quoted(tool.name), "fault": fault.told}
        yield Found(tool.at_parameters + inside, params)


RULE = Rule(
    code="FT410",
    name="invalid-tool-definition",
    message="the parameters of {name} are no JSON Schema: {fault}",
    severity="warning",
    fact="tool_schemas_valid",
    flags=flags,
    locate=locate,
    on_tools=True,
)
