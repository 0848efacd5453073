"""The arguments of a call do not fit the parameters that its tool declares.

Why it matters: the model learns to break the very definition that it is shown: it forgets what is required,
invents names, or sends text for a number.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function",
         "function": {"name": "weather", "arguments": "{\\"town\\": \\"Rome\\"}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather", "parameters": {
        "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]
      }}}
    ]}

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\": 7}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather", "parameters": {
        "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]
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

How to repair: repair the call, or the definition if that is wrong.

Source: openai/openai-openapi@f85dbe2 FunctionObject: the parameters are described as a JSON Schema object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Call, Definitions, Facts, Found, Limits, Rule, tool_use_of
from ftdata.rules.quoting import quoted
from ftdata.rules.tools.arguments import UNREADABLE, arguments_of
from ftdata.rules.tools.parameters import fits, misfits


def flags(facts: Facts, limits: Limits) -> bool:
    """Looks at each call; the verdict on equal definitions is compiled once."""
    use = facts.tools
    return (
        bool(limits.arguments_fit)
        and use is not None
        and use.definitions is not None
        and any(not _fits(use.definitions, call) for call in use.calls)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the arguments, or into them where they are an object."""
    use = tool_use_of(record)
    if not limits.arguments_fit or use.definitions is None:
        return
    for call in use.calls:
        if _fits(use.definitions, call):
            continue
        pointer = call.at("arguments")
        for misfit in misfits(use.definitions, call.name, arguments_of(call)):
            is_text = call.is_text or isinstance(call.arguments, str)
            inside = "" if is_text else misfit.pointer
            params = {"name": quoted(call.name), "fault": misfit.told}
            yield Found(pointer + inside, params)


def _fits(definitions: Definitions, call: Call) -> bool:
    if not isinstance(call.name, str):
        return True
    arguments = arguments_of(call)
    return arguments is UNREADABLE or fits(definitions, call.name, arguments)


RULE = Rule(
    code="FT407",
    name="arguments-do-not-fit",
    message="the arguments of {name} do not fit: {fault}",
    severity="warning",
    fact="arguments_fit",
    flags=flags,
    locate=locate,
    on_tools=True,
)
