"""A value is of another JSON type than the target takes.

Why it matters: arguments of a call as an object, a content of null, a list of bare strings: each is
refused with a message that names neither the line nor the key, or stops the trainer in mid-run.

Target: openai-sft

Flagged:

    {"messages": [{"role": "user", "content": null}, {"role": "assistant", "content": "Hello"}]}

    {"messages": [{"role": "user", "content": ["Hi"]}, {"role": "assistant", "content": "Hello"}]}

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "tool_calls": [
        {"id": "1", "type": "function", "function": {"name": "greet", "arguments": {}}}
      ]}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "tool_calls": [
        {"id": "1", "type": "function", "function": {"name": "greet", "arguments": "{}"}}
      ]}
    ]}

    {"messages": [
      {"role": "user", "content": [{"type": "text", "text": "Hi"}]},
      {"role": "assistant", "content": "Hello"}
    ]}

How to repair: write the value in the type that the message names. Arguments are JSON within a string.

Source: OpenAI's answers "Input should be a valid string" and "'str' object has no attribute 'get'"; the
schema of the target.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.model import Found, Rule
from ftdata.rules.pointer import pointer_to
from ftdata.rules.quoting import kind_of
from ftdata.rules.shape.failure import Failure

#: What people call the types of JSON Schema, as `kind_of` does.
_KINDS = {
    "array": "a list",
    "boolean": "a boolean",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}


def explain(failure: Failure) -> Iterator[Found]:
    """One finding, at the value."""
    types = [failure.expected] if isinstance(failure.expected, str) else failure.expected
    yield Found(
        pointer_to(failure.path),
        {
            "found": kind_of(failure.value),
            "expected": " or ".join(_KINDS[name] for name in types),
            "vendor_rule": failure.vendor_rule,
        },
    )


RULE = Rule(
    code="FT203",
    name="wrong-type",
    message="{found} stands where {expected} belongs{vendor_rule}",
    keywords=frozenset({"type"}),
)
