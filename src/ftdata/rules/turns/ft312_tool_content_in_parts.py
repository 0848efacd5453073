"""The content of a tool turn is a list of parts, not text.

Why it matters: OpenAI's published schema allows text parts here, yet its live validator answered "Input
should be a valid string" to them. A string is taken everywhere.

Target: openai-sft

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "tool_calls": [
        {"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "tool_call_id": "1", "content": [{"type": "text", "text": "sunny"}]},
      {"role": "assistant", "content": "It is sunny."}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "tool_calls": [
        {"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "tool_call_id": "1", "content": "sunny"},
      {"role": "assistant", "content": "It is sunny."}
    ]}

How to repair: write the text of the parts as one string.

Source: https://community.openai.com/t/965584; openai/openai-openapi@f85dbe2,
ChatCompletionRequestToolMessage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule
from ftdata.rules.turns.speakers import turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """True where any tool turn has parts."""
    return bool(limits.tool_content_text) and facts.tool_parts


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the content of each such turn."""
    for index, role, message in turns_in(record):
        content = message.get("content")
        parts = len(content) if isinstance(content, (list, tuple)) else 0
        if limits.tool_content_text and role == "tool" and parts:
            yield Found(f"/messages/{index}/content", {"parts": parts})


RULE = Rule(
    code="FT312",
    name="tool-content-in-parts",
    message="the tool's content is a list of {parts} part(s), not a string",
    severity="warning",
    fact="tool_content_text",
    flags=flags,
    locate=locate,
)
