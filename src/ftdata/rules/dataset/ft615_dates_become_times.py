"""All texts at one path are dates, and the trainer's loader makes points in time of them.

Why it matters: a column in which every text is a date like 2026-11-21 or 2026-11-21T10:00:00Z becomes one
of timestamps. What expects text stops: TRL with `'datetime.datetime' object has no attribute 'endswith'`.

Flagged: a file for `trl-prompt-completion` in which each `completion` is a date.

Clean: the same file with one completion that says more.

How to repair: write the texts otherwise, or rename or leave out the column if nothing is trained on it.

Source: the fact arrow_loader on the page of the target; docs/columns.md.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT615",
    name="dates-become-times",
    message="every text at {path} is a date, such as this one: {loader} makes points in time of them",
    severity="warning",
    fact="arrow_loader",
)
