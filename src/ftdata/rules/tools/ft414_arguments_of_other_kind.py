"""The arguments of a call are a text of JSON where the target wants an object, or the other way round.

Why it matters: chat templates write arguments as JSON themselves. Those of Llama, Qwen 2.5 and gpt-oss write
a text a second time, with its quotes escaped, so that the model learns calls that nobody can read; those of
Qwen 3.5, GLM and Nemotron stop.

Target: trl-sft

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function",
         "function": {"name": "weather", "arguments": "{\\"city\\": \\"Rome\\"}"}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": {"city": "Rome"}}}
      ]}
    ], "tools": [
      {"type": "function", "function": {"name": "weather"}}
    ]}

How to repair: parse the text and write the object in its place. Where the template of your model wants a
text, as that of DeepSeek V3 does, say `--ignore FT414`.

Source: chat templates of trl 1.16.0, axolotl 0.19.0 and unsloth 2026.10.9, rendered; trl 1.16.0
docs/source/dataset_formats.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Call, Facts, Found, Limits, Rule, tool_use_of
from ftdata.rules.quoting import kind_of, quoted


def flags(facts: Facts, limits: Limits) -> bool:
    """Looks at each call."""
    return facts.tools is not None and any(_is_other(call, limits) for call in facts.tools.calls)


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the arguments."""
    for call in tool_use_of(record).calls:
        if _is_other(call, limits):
            params = {
                "name": quoted(call.name),
                "found": kind_of(call.arguments),
                "wanted": f"{'an' if limits.arguments_as == 'object' else 'a'} {limits.arguments_as}",
            }
            yield Found(call.at("arguments"), params)


def _is_other(call: Call, limits: Limits) -> bool:
    """All other kinds are for the shape rules."""
    if limits.arguments_as == "object":
        return isinstance(call.arguments, str)
    return limits.arguments_as == "string" and isinstance(call.arguments, Mapping)


RULE = Rule(
    code="FT414",
    name="arguments-of-other-kind",
    message="the arguments of {name} are {found}, not {wanted}",
    severity="warning",
    fact="arguments_as",
    flags=flags,
    locate=locate,
    on_tools=True,
)
