r"""The file starts with a byte order mark.

Why it matters: some trainers stop at it, others skip it, and no service documents what it does. Editors do
not show it. The line behind it is read as if the mark were not there.

Flagged:

    b'\xef\xbb\xbf{"text": "Hello"}\n'

Clean:

    {"text": "Hello"}

How to repair: save the file as UTF-8 without a mark (signature, BOM).

Source: mlx-lm 0.32.2, tuner/datasets.py, run; MicrosoftDocs/azure-ai-docs, fine-tuning-oai-sdk.md; the fact
byte_order_mark on the page of the target; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT103",
    name="byte-order-mark",
    message="the file starts with a byte order mark",
    severity="warning",
    fact="byte_order_mark",
)
