"""All rows together have fewer tokens than the target needs.

Why it matters: AutoTrain packs rows into blocks and trains on full blocks alone. Where the rows do not fill
one, the run stops. It is a warning: what is checked may be a part of the data set, and the model's own
tokenizer may count otherwise. Said only where tokens are counted (`--count`).

Flagged: twenty short conversations of 600 tokens in all, where a block has 1,024.

Clean: two hundred of them.

How to repair: add examples, or make the blocks smaller (block_size in AutoTrain's configuration).

Source: the fact min_dataset_tokens on the page of the target.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT604",
    name="too-few-tokens",
    message="{tokens:,} tokens in all, at least {limit:,} are needed",
    severity="warning",
    fact="min_dataset_tokens",
)
