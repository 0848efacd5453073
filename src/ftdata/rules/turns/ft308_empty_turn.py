"""A system, developer or user turn holds no text.

Why it matters: nobody refuses it, but it is nearly always a gap in the table that the row was made from,
and the model learns to answer a question that it cannot see. An empty tool result is fine.

Flagged:

    {"messages": [{"role": "user", "content": " "}, {"role": "assistant", "content": "Hello"}]}

Clean:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    {"messages": [
      {"role": "user", "content": [
        {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}}
      ]},
      {"role": "assistant", "content": "A cat"}
    ]}

How to repair: fill the gap, or leave the row out; an empty system turn can simply go.

Source: openai/openai-cookbook, Chat_finetuning_data_prep.ipynb (missing_content).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import TEXT_ROLES, Facts, Found, Limits, Rule, is_empty
from ftdata.rules.turns.speakers import turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """True where any such turn is empty."""
    return bool(limits.text_not_empty) and facts.empty_other


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the content of each empty turn."""
    for index, role, message in turns_in(record):
        if limits.text_not_empty and role in TEXT_ROLES and is_empty(message):
            yield Found(f"/messages/{index}/content", {"role": role})


RULE = Rule(
    code="FT308",
    name="empty-turn",
    message="the {role} turn holds no text",
    severity="warning",
    fact="text_not_empty",
    flags=flags,
    locate=locate,
)
