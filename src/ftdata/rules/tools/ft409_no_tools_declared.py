"""Tools are called, but the row declares none.

Why it matters: the model learns to call tools without being told of any, and is asked with their
definitions later. Mistral refuses the file.

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]}
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

How to repair: add the definitions as `tools`, the same ones that the model will be given later.

Source: mistralai/platform-docs-public@222f4ba, fine-tuning; OpenAI supervised fine-tuning guide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, tool_use_of


def flags(facts: Facts, limits: Limits) -> bool:
    """True where there are calls and no definitions."""
    use = facts.tools
    return (
        bool(limits.tools_declared)
        and use is not None
        and use.definitions is None
        and bool(use.calls)
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the first call."""
    use = tool_use_of(record)
    if limits.tools_declared and use.definitions is None and use.calls:
        yield Found(use.calls[0].pointer, {"calls": len(use.calls)})


RULE = Rule(
    code="FT409",
    name="no-tools-declared",
    message="{calls} call(s), and the row declares no tools",
    severity="warning",
    fact="tools_declared",
    flags=flags,
    locate=locate,
    on_tools=True,
)
