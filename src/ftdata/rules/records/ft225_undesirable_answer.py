"""An answer that was judged undesirable would be trained as if it were good.

Why it matters: supervised training imitates every answer. KTO files hold good and bad ones, told apart
by their label only; the bad ones are left out of a supervised file.

Target: generic-chat from kto

Flagged:

    {"prompt": "When do you open?", "completion": "Ask somebody else.", "label": false}

Clean:

    {"prompt": "When do you open?", "completion": "At nine.", "label": true}

How to repair: nothing needs repair. Train with KTO to learn from both kinds.

Source: TRL 1.16.0 docs/source/kto_trainer.md.
"""

from __future__ import annotations

from ftdata.model import Rule

RULE = Rule(
    code="FT225",
    name="undesirable-answer",
    message="the answer is labelled as undesirable, and this target imitates answers",
    severity="warning",
)
