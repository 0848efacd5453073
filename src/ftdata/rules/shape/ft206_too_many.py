"""A list, text or object holds more than the target takes.

Why it matters: the name of a function has at most 64 characters, a row at most 128 functions, and a
refusal stands alone; a service refuses what goes beyond.

Target: openai-sft

Flagged:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": [
        {"type": "refusal", "refusal": "No"},
        {"type": "text", "text": "Hello"}
      ]}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": [{"type": "refusal", "refusal": "No"}]}
    ]}

How to repair: shorten it.

Source: openai/openai-openapi@f85dbe2, FunctionObject and ChatCompletionRequestAssistantMessage; the schema
of the target.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.model import Found, Rule
from ftdata.rules.pointer import pointer_to
from ftdata.rules.shape.failure import Failure
from ftdata.rules.shape.measure import amount, amount_of


def explain(failure: Failure) -> Iterator[Found]:
    """One finding, at the value."""
    yield Found(
        pointer_to(failure.path),
        {
            "found": amount_of(failure.keyword, failure.value),
            "most": amount(failure.keyword, failure.expected),
            "vendor_rule": failure.vendor_rule,
        },
    )


RULE = Rule(
    code="FT206",
    name="too-many",
    message="holds {found}, takes at most {most}{vendor_rule}",
    keywords=frozenset({"maxItems", "maxLength", "maxProperties"}),
)
