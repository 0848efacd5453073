"""A key stands where the target knows no such key.

Why it matters: OpenAI and Azure refuse a file with one foreign key anywhere: an id, a note, a
temperature, a weight on a user turn, a reasoning trace.

Target: openai-sft

Flagged:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello"}
    ], "id": 7}

    {"messages": [{"role": "user", "content": "Hi", "weight": 0}, {"role": "assistant", "content": "Hello"}]}

Clean:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello", "weight": 0},
      {"role": "user", "content": "Bye"},
      {"role": "assistant", "content": "Goodbye"}
    ]}

How to repair: remove the key; `ftdata convert` writes the keys that the target knows, and says what it
did not carry along.

Source: OpenAI's answer 'Example 1 contains an extra "weight"'; the schema of the target.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.model import Found, Rule
from ftdata.rules.pointer import pointer_to
from ftdata.rules.quoting import names_of, quoted
from ftdata.rules.shape.failure import Failure


def explain(failure: Failure) -> Iterator[Found]:
    """One finding for each foreign key, at its value."""
    known = failure.schema.get("properties", {})
    for key in failure.value:
        if key not in known:
            yield Found(
                pointer_to((*failure.path, key)),
                {
                    "key": quoted(key),
                    "known": names_of(known) or ["no key"],
                    "vendor_rule": failure.vendor_rule,
                },
            )


RULE = Rule(
    code="FT202",
    name="unknown-key",
    message="the key {key} is not known here; known: {known}{vendor_rule}",
    keywords=frozenset({"additionalProperties"}),
)
