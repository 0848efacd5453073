"""A number is smaller or larger than the target takes.

Why it matters: a weight of -1 or 5 means nothing to a trainer; those that check it refuse the file,
the others train on a loss with the wrong sign or size.

Target: generic-chat

Flagged:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 5}]}

Clean:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 1}]}

How to repair: write a number within the range that the message names.

Source: mistral-finetune@1943535, utils/validate_data.py; PyPI together-3.1.1; the schema of the target.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.model import Found, Rule
from ftdata.rules.pointer import pointer_to
from ftdata.rules.quoting import quoted
from ftdata.rules.shape.failure import Failure

_BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "more than",
    "maximum": "at most",
    "exclusiveMaximum": "less than",
}


def explain(failure: Failure) -> Iterator[Found]:
    """One finding, at the number."""
    yield Found(
        pointer_to(failure.path),
        {
            "found": quoted(failure.value),
            "bound": f"{_BOUNDS[failure.keyword]} {failure.expected}",
            "vendor_rule": failure.vendor_rule,
        },
    )


RULE = Rule(
    code="FT209",
    name="out-of-range",
    message="{found} is out of range: it must be {bound}{vendor_rule}",
    keywords=frozenset(_BOUNDS),
)
