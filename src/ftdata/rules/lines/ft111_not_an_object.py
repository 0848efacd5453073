r"""The line is JSON but not an object.

Why it matters: a row is an object with named values. Lists and bare texts are refused ("line 1 is not a
dictionary"), or loaded under a name that nobody asked for.

Flagged:

    "Hello"

    b'["Hi", "Hello"]\n["Bye", "Goodbye"]\n'

    42

Clean:

    {"text": "Hello"}

How to repair: name the values: {"messages": [...]} for a list of turns, {"text": "..."} for text.

Source: openai/openai-openapi@f85dbe2; https://github.com/openai/openai-python/issues/426; checked
2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT111",
    name="not-an-object",
    message="the line holds a JSON {found}, must be an object",
)
