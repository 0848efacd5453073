"""The rows have so many different keys that not all of them were compared.

Why it matters: rules on the types of all rows (FT611 to FT617) remember the first place of each kind of
value at each path, but only so many of them. A fault of a key that comes later is not found.

Flagged: a file for `trl-sft` in which each row has other keys under `metadata`, ten thousand in all.

Clean: the same file with `metadata` as JSON text.

How to repair: write objects whose keys are data as JSON text or as lists of names and values; each key
costs a column, too.

Source: the fact arrow_loader on the page of the target; docs/columns.md.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT618",
    name="too-many-paths",
    message="more than {limit:,} kinds of values and keys: those behind line {line} were not compared",
    severity="info",
    fact="arrow_loader",
)
