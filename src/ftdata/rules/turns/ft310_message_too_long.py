"""The content of a turn has more characters than the target takes.

Why it matters: Azure limits the length of a message, whatever the number of tokens. A file that runs into
such a limit nearly always holds a whole document, or a log, by accident.

Target: azure-sft with max_message_characters = 20

Flagged:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello, how are you today?"}
    ]}

Clean:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

How to repair: cut the document into parts; `ftdata convert` does so for plain text with chunks of tokens.

Source: https://learn.microsoft.com/azure/ai-foundry/openai/quotas-limits
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, content_length
from ftdata.rules.turns.speakers import turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """True where the longest content is too long."""
    limit = limits.max_message_characters
    return limit is not None and facts.longest_content > limit


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each content that is too long."""
    limit = limits.max_message_characters
    for index, _, message in turns_in(record):
        characters = content_length(message.get("content"))
        if limit is not None and characters > limit:
            yield Found(f"/messages/{index}/content", {"characters": characters, "limit": limit})


RULE = Rule(
    code="FT310",
    name="message-too-long",
    message="the content has {characters:,} characters, the limit is {limit:,}",
    fact="max_message_characters",
    flags=flags,
    locate=locate,
)
