r"""The file is one JSON array, where each line must hold one object.

Why it matters: the most frequent cause of a refused file: the service answers that line 1 is not a JSON
dictionary. Nothing behind it is looked at.

Flagged:

    b'[{"text": "Hello"}, {"text": "Bye"}]\n'

    b'[\n  {\n    "text": "Hello"\n  }\n]\n'

Clean:

    b'{"text": "Hello"}\n{"text": "Bye"}\n'

How to repair: ftdata convert reads arrays and writes lines.

Source: https://github.com/openai/openai-python/issues/426, 415 and 296; the fact containers on the page of
the target; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT107",
    name="json-array",
    message="the file is one JSON array; each line must hold one object",
    fact="containers",
)
