"""The example is cut at the token limit before any trained token: nothing of it is learnt.

Why it matters: the row is paid for up to the limit and teaches nothing. TRL drops such rows without a word
where only completions or assistant turns are trained.

Flagged: a question with a document of 70,000 tokens and an answer of 200, at a limit of 65,536.

Clean: the same question with the part of the document that holds the answer.

How to repair: shorten what stands before the answer, or leave the row out. For TRL raise max_length and
state the same with `--max-tokens`.

Source: OpenAI supervised fine-tuning guide, token limits; trl 1.16.0, trl/trainer/sft_trainer.py, run.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT503",
    name="nothing-left-to-train",
    message="{tokens:,} tokens, cut at {limit:,}: no token of an answer is left to train on",
)
