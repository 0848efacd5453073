"""The preferred and the rejected answer are the same.

Why it matters: training on preferences learns from the difference between two answers. A pair without one
is paid for and teaches nothing; TRL computes a loss that never moves.

Target: trl-dpo

Flagged:

    {"prompt": [{"role": "user", "content": "Hi"}],
     "chosen": [{"role": "assistant", "content": "Hello"}],
     "rejected": [{"role": "assistant", "content": "Hello"}]}

Clean:

    {"prompt": [{"role": "user", "content": "Hi"}],
     "chosen": [{"role": "assistant", "content": "Hello"}],
     "rejected": [{"role": "assistant", "content": "What?"}]}

How to repair: drop the pair, or put the answer that was rejected back.

Source: trl 1.16.0 trl/data_utils.py, run; OpenAI cookbook on direct preference optimization.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, answers_alike


def flags(facts: Facts, limits: Limits) -> bool:
    """True where two answers are the same, and have to differ."""
    return limits.answers_differ is True and facts.same_answers


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the second answer."""
    if limits.answers_differ and answers_alike(record):
        yield Found("/answers/1")


RULE = Rule(
    code="FT314",
    name="same-answers",
    message="both answers are the same: nothing is learned from the pair",
    severity="warning",
    fact="answers_differ",
    flags=flags,
    locate=locate,
)
