r"""The line holds more than one JSON value.

Why it matters: a line is a row. A line break got lost between two rows, and the reader of the service stops
here.

Flagged:

    {"text": "Hello"}{"text": "Bye"}

    {"text": "Hello"}, {"text": "Bye"}

    {"text": "Hello"} {"text": "Bye"}

Clean:

    b'{"text": "Hello"}\n{"text": "Bye"}\n'

How to repair: put a line break before the column that is named, in place of what parts the values.

Source: openai/openai-openapi@f85dbe2 (every line is a JSON dictionary); https://github.com/openai/openai-
python/issues/426; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT106",
    name="several-values-on-a-line",
    message="a second value starts at column {column}; a line holds one",
)
