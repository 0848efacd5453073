"""Two turns of the same role follow each other.

Why it matters: Gemma, Mistral and Cohere chat templates stop unless user and assistant alternate, and so
do Together, Bedrock and torchtune. For two replies in a row the evidence on OpenAI and Azure conflicts: one
user traced "contains invalid schema" to them, while a Microsoft sample with 25 such pairs was accepted.
Two tool turns in a row are the answers to two calls, and fine.

Flagged:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "user", "content": "Hello?"},
      {"role": "assistant", "content": "Hello"}
    ]}

Clean:

    {"messages": [{"role": "user", "content": "Hi\\nHello?"}, {"role": "assistant", "content": "Hello"}]}

How to repair: join the turns into one, or put what stood between them back.

Source: PyPI together-3.1.1; microsoft-foundry/fine-tuning#23; chat templates in unsloth 2026.10.9,
rendered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule
from ftdata.rules.turns.speakers import turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """True where a role that must not repeat does."""
    return limits.no_repeat is not None and not limits.no_repeat.isdisjoint(facts.turns.repeated)


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each turn that repeats the role before it."""
    before = None
    for index, role, _ in turns_in(record):
        if role == before and limits.no_repeat is not None and role in limits.no_repeat:
            yield Found(f"/messages/{index}", {"role": role})
        before = role


RULE = Rule(
    code="FT306",
    name="repeated-role",
    message="the turn before is the {role}'s too",
    severity="warning",
    fact="no_repeat",
    flags=flags,
    locate=locate,
)
