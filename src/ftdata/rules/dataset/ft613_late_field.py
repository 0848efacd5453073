"""A key is first given, or first has a value, behind the rows that decide on the columns.

Why it matters: datasets looks at the first 10 MiB of the first file to decide which columns there are and
what they hold. At a key that comes later, or one that was null or an empty list until then, it stops with a
CastError or TypeError that names neither file nor line.

Flagged: a file for `trl-sft` of 12 MB, of which only the last row has a key `tools`.

Clean: the same file with that row at its beginning.

How to repair: write the same keys in every row, with the same types, or move a row that has all of them to
the beginning.

Source: the fact arrow_loader on the page of the target; docs/columns.md.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT613",
    name="late-field",
    message=(
        "{path} is first {given} here, behind the first {size} by which "
        "{loader} decides on columns: it stops"
    ),
    severity="error",
    fact="arrow_loader",
)
