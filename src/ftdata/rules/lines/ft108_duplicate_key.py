r"""An object has the same key twice.

Why it matters: every reader keeps one value and drops the other in silence, mostly the first. What is
trained on is not what was written.

Flagged:

    {"text": "Hello", "text": "Bye"}

    {"a": {"b": 1, "\u0062": 2}}

Clean:

    {"text": "Hello", "other": "Bye"}

    {"texts": [{"text": "Hello"}, {"text": "Bye"}]}

How to repair: decide which value is meant, and delete or rename the other key.

Source: RFC 8259, section 4 (the names within an object should be unique); orjson 3.13, msgspec 0.22, json
and simdjson, run: all keep the last; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT108",
    name="duplicate-key",
    message="key {key!r} is given more than once; only its last value counts",
)
