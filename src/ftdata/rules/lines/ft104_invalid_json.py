r"""The line is not JSON.

Why it matters: the upload may pass and the job fails later, at a line number or without one; some trainers
skip the line in silence. Nothing else is said about such a line.

Flagged:

    {'text': 'Hello'}

    {"text": "Hello",}

    {"text": None}

    {"text": "She said "hi" to me"}

    {text: "Hello"}

    {"a": 1 "b": 2}

    {"path": "C:\data"}

Clean:

    {"text": "Hello"}

    {"text": "She said \"hi\" to me"}

    {"path": "C:\\data"}

How to repair: write lines with a JSON library (json.dumps in Python), never by hand or with str(). The
column counts characters from 1.

Source: https://github.com/openai-php/client/issues/107; RFC 8259; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT104",
    name="invalid-json",
    message="not JSON at column {column}: {reason}",
)
