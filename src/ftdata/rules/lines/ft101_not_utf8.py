r"""The line holds a byte that is not UTF-8.

Why it matters: services read UTF-8 only. A file in a Windows or Latin encoding is refused as a whole, often
with a message about JSON; trainers load it and stop when they reach the row.

Flagged:

    b'{"text": "caf\xe9"}\n'

    b'{"text": "half an emoji \xf0\x9f\x98"}\n'

Clean:

    {"text": "café"}

How to repair: save the file as UTF-8, or give the encoding it has when it is converted. The offset counts
bytes of the line from 0.

Source: https://github.com/OkGoDoIt/OpenAI-API-dotnet/issues/59; together 1.5.35, files.py ("File is not
UTF-8 encoded"); RFC 8259, section 8.1; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT101",
    name="not-utf8",
    message="byte {byte} at offset {offset} of the line is not UTF-8",
)
