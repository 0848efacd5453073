"""A text does not have the form that the target asks for.

Why it matters: names of functions with dots or spaces, and images given as local paths, are refused with
the whole file.

Target: openai-sft

Flagged:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "tool_calls": [
        {"id": "1", "type": "function", "function": {"name": "say.hello", "arguments": "{}"}}
      ]}
    ]}

    {"messages": [
      {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "cat.png"}}]},
      {"role": "assistant", "content": "A cat"}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "tool_calls": [
        {"id": "1", "type": "function", "function": {"name": "say_hello", "arguments": "{}"}}
      ]}
    ]}

How to repair: write the text in the form that the message names.

Source: openai/openai-openapi@f85dbe2, FunctionObject; OpenAI vision fine-tuning guide; the schema of the
target.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.model import Found, Rule
from ftdata.rules.pointer import pointer_to
from ftdata.rules.quoting import quoted
from ftdata.rules.shape.failure import Failure


def explain(failure: Failure) -> Iterator[Found]:
    """One finding, at the text."""
    yield Found(
        pointer_to(failure.path),
        {
            "found": quoted(failure.value),
            "form": failure.schema.get("x-form", failure.expected),
            "vendor_rule": failure.vendor_rule,
        },
    )


RULE = Rule(
    code="FT207",
    name="wrong-form",
    message="{found} does not have the form {form}{vendor_rule}",
    keywords=frozenset({"pattern"}),
)
