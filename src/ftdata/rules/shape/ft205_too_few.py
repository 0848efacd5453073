"""A list, text or object holds less than the target asks for.

Why it matters: a conversation without a turn, or a content without a part, teaches nothing; services
refuse it, and TRL stops with a bare IndexError.

Target: openai-sft

Flagged:

    {"messages": []}

    {"messages": [{"role": "user", "content": []}, {"role": "assistant", "content": "Hello"}]}

Clean:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

How to repair: fill it, or leave the row out.

Source: openai/openai-openapi@498c71d, FineTuneChatRequestInput; trl 1.16.0, sft_trainer.py; the schema of
the target.
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
            "least": amount(failure.keyword, failure.expected),
            "vendor_rule": failure.vendor_rule,
        },
    )


RULE = Rule(
    code="FT205",
    name="too-few",
    message="holds {found}, needs at least {least}{vendor_rule}",
    keywords=frozenset({"minItems", "minLength", "minProperties"}),
)
