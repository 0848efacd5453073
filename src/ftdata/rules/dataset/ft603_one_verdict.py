"""All answers of the data set have the same verdict.

Why it matters: training on judged answers (KTO) learns from what good answers have and bad ones lack. TRL
takes a data set of one kind and trains on it, but nothing is contrasted. Where both kinds are there in
unequal numbers it warns, and wants desirable_weight and undesirable_weight set so that both weigh the same.

Flagged: two hundred rows, all with `"label": true`.

Clean: the same rows and as many with `"label": false`; or preference pairs, which have one of each.

How to repair: add answers of the other kind, or train on the good ones alone as prompts and completions.

Source: trl 1.16.0 trl/trainer/kto_trainer.py.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT603",
    name="one-verdict",
    message="all {records:,} answers have the verdict {verdict}: there is nothing to tell them from",
    severity="warning",
    fact="both_verdicts",
)
