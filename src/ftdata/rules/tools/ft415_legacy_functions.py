"""A row has the older form of tools: `functions`, `function_call`, or the role function.

Why it matters: open-source chat templates drop such calls in silence, and trainers refuse the role. OpenAI
takes the form still, and has deprecated it.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "function_call": {"name": "weather", "arguments": "{}"}}
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

How to repair: write `tools`, `tool_calls` and the role tool, with an id for each call.

Source: openai/openai-openapi@498c71d FineTuneChatRequestInput (deprecated); chat templates of trl 1.16.0,
axolotl 0.19.0 and unsloth 2026.10.9, rendered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, tool_use_of


def flags(facts: Facts, limits: Limits) -> bool:
    """True where anything of the older form stands."""
    return limits.legacy_functions is False and facts.tools is not None and bool(facts.tools.legacy)


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the first of it: all of a row is of one form."""
    legacy = tool_use_of(record).legacy
    if limits.legacy_functions is False and legacy:
        yield Found(legacy[0], {"places": len(legacy)})


RULE = Rule(
    code="FT415",
    name="legacy-functions",
    message="the older form of tools, in {places} place(s)",
    severity="warning",
    fact="legacy_functions",
    flags=flags,
    locate=locate,
    on_tools=True,
)
