"""Values at one path have types that the trainer's loader cannot bring together.

Why it matters: the loader makes columns of all rows, each of one type. Where it finds a second one it
stops, before training begins, with a message that names neither file nor line. Loaders before datasets 4.7
stop at any two types; later ones keep rows of several types among the first 10 MiB, but stop at a type that
only comes behind them.

Flagged: a file of two rows for a trainer with datasets 3.2.0, of which one has `"content": "hi"` and the
other `"content": [{"type": "text", "text": "hi"}]`.

Clean: the same file where both are texts, or both are lists.

How to repair: write one type at each path: texts everywhere or lists of parts everywhere, and arguments as
JSON text.

Source: the fact arrow_loader on the page of the target; docs/columns.md.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT611",
    name="mixed-types",
    message="{path} is {one} on {where} and {other} here: {loader} stops",
    severity="error",
    fact="arrow_loader",
)
