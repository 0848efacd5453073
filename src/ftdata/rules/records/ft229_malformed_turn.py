"""A turn, a tool or a part of them is not in any known form.

Why it matters: a turn needs a speaker and what was said; a call needs the name of its function. A row in
which one of them is missing has lost something on its way, and would teach a conversation that never
was.

Target: generic-chat from chat

Flagged:

    {"messages": [{"content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    {"messages": [{"role": "user", "content": "Rome?"}, {"role": "assistant", "tool_calls": [{"id": "1"}]}]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "tool_calls": [{"name": "weather", "arguments": {"city": "Rome"}}]}
    ]}

How to repair: look at the row where it is written in the rejects file, and at what wrote it.

Source: layouts/ of this package; OpenAI answers "Discriminator 'role' is missing in value".
"""

from __future__ import annotations

from ftdata.model import Rule

RULE = Rule(
    code="FT229",
    name="malformed-turn",
    message="the turn cannot be read: {reason}",
)
