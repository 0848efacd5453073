"""Numbers at one path change when the trainer's loader makes a column of them.

Why it matters: where whole numbers and fractions stand at one path, 1 becomes 1.0, also in arguments of
tools, which a template writes down. Numbers beyond 64 bits lose digits. Where some path
is kept as JSON, datasets keeps ten decimals of all fractions.

Flagged: a file for `trl-sft` in which one tool call has `"arguments": {"amount": 1}` and another
`"arguments": {"amount": 1.5}`.

Clean: the same file with 1.0 in the place of 1.

How to repair: write all numbers at a path the same way, or as text.

Source: the fact arrow_loader on the page of the target; docs/columns.md.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT617",
    name="numbers-rewritten",
    message="{path} is {one} on {where} and {other} here: {loader} {outcome}",
    severity="warning",
    fact="arrow_loader",
)
