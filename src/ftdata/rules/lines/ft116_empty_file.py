r"""The file holds nothing.

Why it matters: services ask for a minimum of rows. An empty file mostly means that the step before failed.

Flagged:

    b''

    b'\n  \n'

    b'\xef\xbb\xbf'

Clean:

    {"text": "Hello"}

How to repair: look at what should have written it.

Source: OpenAI supervised fine-tuning guide (at least 10 examples, error invalid_n_examples); checked
2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT116",
    name="empty-file",
    message="the file is empty",
)
