"""The example is cut at the token limit, and part of a trained answer falls away.

Why it matters: services and trainers cut the end in silence, and the end of an example is the answer. The
model learns to stop in mid-sentence, and the row counts as trained.

Flagged: a row of 66,000 tokens at a limit of 65,536, whose last answer has 900 tokens: 464 are lost.

Clean: the same row with an earlier turn shortened by 500 tokens.

How to repair: split the conversation, or shorten what stands before the answer. For TRL raise max_length
and state the same with `--max-tokens`.

Source: OpenAI supervised fine-tuning guide, token limits; trl 1.16.0, trl/trainer/sft_config.py.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT502",
    name="answer-truncated",
    message="{tokens:,} tokens, cut at {limit:,}: the last {lost:,} of what is trained fall away",
    severity="warning",
)
