r"""The line is blank.

Why it matters: some readers skip it, others stop at it. No service documents what it does.

Flagged:

    b'{"text": "Hello"}\n\n{"text": "Bye"}\n'

    b'{"text": "Hello"}\n  \n'

Clean:

    b'{"text": "Hello"}\n{"text": "Bye"}\n'

How to repair: delete the line. The line end behind the last row is no blank line.

Source: mlx-lm 0.32.2, tuner/datasets.py, run; the fact blank_lines on the page of the target; checked
2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT110",
    name="blank-line",
    message="blank line",
    severity="warning",
    fact="blank_lines",
)
