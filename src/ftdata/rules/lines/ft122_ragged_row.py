r"""The row of a table has more or fewer cells than the header.

Why it matters: a delimiter or a quote is missing or too many, so that texts stand under the wrong name.
Readers shift the cells, fill them up or drop the row.

Flagged:

    b'question,answer\nHi?,Hello\nReally, yes?,Yes\n'

Clean:

    b'question,answer\nHi?,Hello\n"Really, yes?",Yes\n'

How to repair: put cells that hold the delimiter, a quote or a line break in double quotes; name another
delimiter if the guess was wrong.

Source: RFC 4180, section 2; checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT122",
    name="ragged-row",
    message="the row has {cells} cells, the header {columns}",
)
