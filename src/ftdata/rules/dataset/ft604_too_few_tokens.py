"""All rows together have fewer tokens than the target needs.

Why it matters: AutoTrain packs all rows into blocks of a fixed length, and the run stops where they do not
fill one. It is a warning all the same: what is checked may be a part of the data set. `estimate` counts the
tokens; `validate` speaks where there are fewer bytes than tokens needed.

Flagged: four short chats of 60 tokens each, where a block has 1,024.

Clean: a hundred such chats.

How to repair: add rows, or set a smaller block.

Source: the fact min_dataset_tokens on the page of the target.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT604",
    name="too-few-tokens",
    message="{found:,} {what} in all rows together, at least {limit:,} tokens are needed",
    severity="warning",
    fact="min_dataset_tokens",
)
