"""The target has no place for what the row holds.

Why it matters: written anyway, the row would say something else, or make the service refuse the file.
Plain text is no conversation, a conversation is no plain text, and OpenAI matches a tool's answer to its
call by an id.

Target: openai-sft from chat

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "tool", "content": "sunny"},
      {"role": "assistant", "content": "Sunny."}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "tool_calls": [{"name": "weather", "arguments": {"city": "Rome"}}]},
      {"role": "tool", "content": "sunny"},
      {"role": "assistant", "content": "Sunny."}
    ]}

How to repair: choose a target that carries it. `--instruction "Write about {title}"` makes plain text
the answer to an instruction; `--speaker tool=user` lets a user say what a tool gave back.

Source: the schemas of the targets.
"""

from __future__ import annotations

from ftdata.model import Rule

RULE = Rule(
    code="FT226",
    name="not-carried-by-target",
    message="the target cannot carry {what}",
)
