"""Answers that no `{% generation %}` block holds: training on answers alone learns nothing of them.

Why it matters: with `assistant_only_loss` no loss is taken on these turns. Where all answers of a row are
such, TRL stops the run: at least one example has no assistant tokens. Only templates that have such blocks
are asked.

Flagged: an answer that is a tool call alone, where the block stands around the text of answers.

Clean: the same row with a template whose block holds calls, too.

How to repair: put the whole answer into the block, its end token included; the template belongs to you as
soon as it is in a file.

Source: trl 1.16.0 trl/trainer/sft_trainer.py, run; transformers 5.23.0 utils/chat_template_utils.py.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT718",
    name="answer-not-marked",
    message="{missed} of {answers} answers lie outside of {{% generation %}}: no loss is taken on them",
    severity="warning",
)
