"""The example has more tokens than the target takes, and is refused or dropped for it.

Why it matters: some services refuse the whole file for one such row, some trainers drop the row without a
word. Targets that cut rows short instead are the matter of FT502 and FT503.

Flagged: a row of 131,073 tokens, where at most 131,072 are taken.

Clean: the same row without its last paragraph.

How to repair: split the conversation, shorten the system turn or the documents in it, or leave the row
out. `--max-tokens` states another limit, `--tokenizer` the tokens it is counted in.

Source: the fact max_tokens on the page of the target, or of the model.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT501",
    name="over-token-limit",
    message="{tokens:,} tokens, at most {limit:,} are taken",
    fact="max_tokens",
)
