"""A key that every row of this kind needs is not there.

Why it matters: the service refuses the whole file, often only after the job was created, and often
without saying which line it was. A trainer stops with a bare KeyError.

Target: openai-sft

Flagged:

    {"messages": [{"content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    {"prompt": "Hi", "completion": "Hello"}

    {"messages": [{"role": "user"}, {"role": "assistant", "content": "Hello"}]}

Clean:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

How to repair: add the key. Where all rows lack it, the file has another layout: `ftdata convert` turns
prompt/completion, Alpaca, ShareGPT and table rows into the target's shape.

Source: OpenAI's answers "Example 1 is missing key 'messages'" and "Discriminator 'role' is missing in
value"; the schema of the target.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.model import Found, Rule
from ftdata.rules.pointer import pointer_to
from ftdata.rules.quoting import cut, names_of
from ftdata.rules.shape.failure import Failure


def explain(failure: Failure) -> Iterator[Found]:
    """One finding for each missing key, at the object that lacks it."""
    for key in failure.expected:
        if key not in failure.value:
            yield Found(
                pointer_to(failure.path),
                {
                    "key": cut(key),
                    "found": names_of(failure.value) or ["no key"],
                    "vendor_rule": failure.vendor_rule,
                },
            )


RULE = Rule(
    code="FT201",
    name="missing-key",
    message="the key {key!r} is missing; found {found}{vendor_rule}",
    keywords=frozenset({"required"}),
)
