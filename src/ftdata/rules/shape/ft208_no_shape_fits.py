"""A value fits none of the shapes that the target offers, and it is unclear which one was meant.

Why it matters: where a target takes one of several shapes, a value between them is refused. Where it is
clear which shape was meant, the rule on the very fault speaks in place of this one.

Schema: {"anyOf": [{"required": ["text"]}, {"required": ["messages"]}]}

Flagged:

    {"content": "Hello"}

Clean:

    {"text": "Hello"}

    {"messages": []}

How to repair: look up the shapes on the target's page, and write one of them.

Source: the schema of the target.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.model import Found, Rule
from ftdata.rules.pointer import pointer_to
from ftdata.rules.quoting import names_of, quoted
from ftdata.rules.shape.failure import Failure


def explain(failure: Failure) -> Iterator[Found]:
    """One finding, at the value."""
    yield Found(
        pointer_to(failure.path),
        {"found": _described(failure.value), "vendor_rule": failure.vendor_rule},
    )


def _described(value: Any) -> str:
    if isinstance(value, dict) and value:
        return f"an object with {', '.join(names_of(value))}"
    return quoted(value)


RULE = Rule(
    code="FT208",
    name="no-shape-fits",
    message="{found} fits none of the shapes that are allowed here{vendor_rule}",
    keywords=frozenset({"anyOf", "oneOf", "not"}),
)
