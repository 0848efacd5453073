r"""The JSON is spread over several lines, where each line must hold one object.

Why it matters: each line is read on its own, and none of them is JSON. The service answers that line 1 is
not a JSON dictionary. This is said once for the whole file.

Flagged:

    b'{\n  "text": "Hello"\n}\n{\n  "text": "Bye"\n}\n'

Clean:

    b'{"text": "Hello"}\n{"text": "Bye"}\n'

How to repair: ftdata convert reads such files and writes lines; json.dumps without indent writes them.

Source: https://github.com/openai/openai-python/issues/426; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT120",
    name="pretty-printed-json",
    message="the JSON is spread over several lines; each line must hold one object",
)
