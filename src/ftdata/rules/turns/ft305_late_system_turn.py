"""A system turn stands after other turns.

Why it matters: Llama 2, Mistral, Gemma and Qwen 3.5 chat templates stop at it, Phi-4 and gpt-oss drop it
without a word. OpenAI and Azure take it.

Flagged:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "system", "content": "Be kind."},
      {"role": "assistant", "content": "Hello"}
    ]}

    {"messages": [
      {"role": "system", "content": "Be kind."},
      {"role": "system", "content": "Be short."},
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello"}
    ]}

Clean:

    {"messages": [
      {"role": "system", "content": "Be kind. Be short."},
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello"}
    ]}

How to repair: join all system turns into the first turn.

Source: torchtune 0.6.1, data/_messages.py; chat templates in unsloth 2026.10.9, rendered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule
from ftdata.rules.turns.speakers import turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent on the last turn where `last-turn-not-assistant` speaks of it."""
    turns = facts.turns
    return bool(limits.system_first) and (
        turns.late_system
        or (turns.last == "system" and len(turns.roles) > 1 and _may_end_on_system(limits))
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each system turn after the first turn."""
    last = len(record["messages"]) - 1
    for index, role, _ in turns_in(record):
        if (
            limits.system_first
            and role == "system"
            and index > 0
            and (index < last or _may_end_on_system(limits))
        ):
            yield Found(f"/messages/{index}", {"turn": index + 1})


def _may_end_on_system(limits: Limits) -> bool:
    return limits.last_roles is None or "system" in limits.last_roles


RULE = Rule(
    code="FT305",
    name="late-system-turn",
    message="a system turn stands at turn {turn}, not first",
    severity="warning",
    fact="system_first",
    flags=flags,
    locate=locate,
)
