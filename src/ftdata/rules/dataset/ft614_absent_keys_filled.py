"""Objects at one path have different keys, and the trainer's loader adds null for those that are absent.

Why it matters: a column holds objects of the same keys. The arguments of each tool call get the keys of all
tools, and a chat template writes them down: the model learns to call tools with nulls. Loaders before
datasets 4.7 do so everywhere, later ones behind the first 10 MiB. A column that a row lacks is null, too;
that is only noted, as trainers know null columns.

Flagged: a file for `llamafactory-sharegpt` of which the tool definitions name different parameters.

Clean: the same file with tools and arguments written as JSON text.

How to repair: write the same keys in every object, or write the object as JSON text.

Source: the fact arrow_loader on the page of the target; docs/columns.md.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT614",
    name="absent-keys-filled",
    message="{path} has no {keys} here, but elsewhere: {loader} gives null for it",
    severity="warning",
    fact="arrow_loader",
)
