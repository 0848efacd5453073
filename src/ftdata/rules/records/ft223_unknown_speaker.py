"""A turn is spoken by somebody whose role is not known.

Why it matters: only system, developer, user, assistant, tool and function mean something to a trainer.
Some drop turns of other roles silently, so that the answer is learned without its question.

Target: generic-chat from bare-messages

Flagged:

    [{"role": "client", "content": "I cannot sleep."}, {"role": "counselor", "content": "Since when?"}]

Clean:

    [{"from": "human", "value": "I cannot sleep."}, {"from": "gpt", "value": "Since when?"}]

How to repair: `--speaker counselor=assistant` says who the assistant is; all others whom nobody knows
then are users.

Source: chat templates of Qwen, Phi, DeepSeek and others, rendered: turns of unknown roles vanish.
"""

from __future__ import annotations

from ftdata.model import Rule

RULE = Rule(
    code="FT223",
    name="unknown-speaker",
    message="the role of {speaker!r} is not known; --speaker NAME=ROLE says it; known are {known}",
)
