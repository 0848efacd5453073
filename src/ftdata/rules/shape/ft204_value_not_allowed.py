"""A value is none of those that the target knows.

Why it matters: weights are the numbers 0 and 1, calls are of type function, and user turns hold text and
images, no sound: anything else is refused with the whole file.

Target: openai-sft

Flagged:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello", "weight": 0.5}
    ]}

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello", "weight": true}
    ]}

    {"messages": [
      {"role": "user", "content": [{"type": "input_audio", "input_audio": {}}]},
      {"role": "assistant", "content": "Hello"}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": "Hello", "weight": 1}
    ]}

How to repair: write one of the values that the message lists.

Source: openai/openai-openapi@f85dbe2, FineTuneChatCompletionRequestAssistantMessage; the schema of the
target.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.model import Found, Rule
from ftdata.rules.pointer import pointer_to
from ftdata.rules.quoting import names_of, quoted
from ftdata.rules.shape.failure import Failure


def explain(failure: Failure) -> Iterator[Found]:
    """One finding, at the value."""
    allowed = [failure.expected] if failure.keyword == "const" else failure.expected
    yield Found(
        pointer_to(failure.path),
        {
            "found": quoted(failure.value),
            "allowed": names_of(allowed),
            "vendor_rule": failure.vendor_rule,
        },
    )


RULE = Rule(
    code="FT204",
    name="value-not-allowed",
    message="{found} is not allowed; allowed: {allowed}{vendor_rule}",
    keywords=frozenset({"enum", "const"}),
)
