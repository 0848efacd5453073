"""Values at one path have several types, and the trainer's loader changes some of them.

Why it matters: datasets from 4.7 on keeps a column of several types as JSON. Texts in it that are JSON
themselves come back as what they say: `"42"` as a number, arguments in text as an object; where the first
text at the path is none, this is only a note. Where the second type only comes behind the first 10 MiB, it
becomes text, and texts beside it get quotes around them. Nothing is said.

Flagged: a file for `trl-sft` of two rows, of which one has `"arguments": "{\\"a\\": 1}"` and the other
`"arguments": {"a": 1}`.

Clean: the same file where both are objects.

How to repair: write one type at each path.

Source: the fact arrow_loader on the page of the target; docs/columns.md.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT612",
    name="mixed-types-rewritten",
    message="{path} is {one} on {where} and {other} here: {loader} {outcome}",
    severity="warning",
    fact="arrow_loader",
)
