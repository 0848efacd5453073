"""The id of a call is not of the form that the target demands.

Why it matters: Mistral takes ids of nine letters and digits only, and its chat templates stop at any other.

Target: generic-chat with tool_call_id_pattern = [a-zA-Z0-9]{9}

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a1B2c3D4e", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

How to repair: give the call, and the answer to it, an id of this form.

Source: mistralai/platform-docs-public@222f4ba, fine-tuning; mistral-finetune@1943535
utils/validate_data.py; mistral-common 1.13.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, tool_use_of
from ftdata.rules.quoting import quoted
from ftdata.rules.tools.pattern import matches


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent where there is no id."""
    pattern = limits.tool_call_id_pattern
    return (
        pattern is not None
        and facts.tools is not None
        and any(call.id is not None and not matches(pattern, call.id) for call in facts.tools.calls)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the id of each such call; that of its answer is the same."""
    pattern = limits.tool_call_id_pattern
    for call in tool_use_of(record).calls if pattern is not None else ():
        if call.id is not None and not matches(pattern or "", call.id):
            yield Found(call.at("id"), {"id": quoted(call.id), "pattern": pattern})


RULE = Rule(
    code="FT412",
    name="call-id-form",
    message="the id {id} is not of the form {pattern}",
    severity="error",
    fact="tool_call_id_pattern",
    flags=flags,
    locate=locate,
    on_tools=True,
)
