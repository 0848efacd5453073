"""How many passes over the data a job makes where the user names no number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ftdata.model import Fact


@dataclass(frozen=True)
class EpochAdvice:
    """A number of epochs and who says so; `certain` is False for a rule of thumb."""

    epochs: int
    rule: str
    source: str
    certain: bool


def epoch_advice(fact: Fact | None, examples: int, *, stated: int | None = None) -> EpochAdvice:
    """Gives the stated number, or else what the target's fact `epochs` says for so many examples.

    The fact's value is {rule = "fixed", epochs} or {rule = "cookbook", ...} (see `cookbook_epochs`).
    Without a fact one epoch is taken, so that the figures are those of one pass.
    """
    if stated is not None:
        return EpochAdvice(stated, "stated", "the user", True)
    if fact is None:
        return EpochAdvice(1, "one pass", "no default of this target is known", False)
    rule = fact.value["rule"]
    epochs = fact.value["epochs"] if rule == "fixed" else cookbook_epochs(fact.value, examples)
    return EpochAdvice(epochs, rule, fact.source, fact.certain)


def cookbook_epochs(rule: Mapping[str, Any], examples: int) -> int:
    """The rule of OpenAI's cookbook: more passes over little data, fewer over much.

    `target_epochs`, unless the passes then cover fewer than `min_target_examples` rows or more than
    `max_target_examples`; never beyond `min_epochs` and `max_epochs`.
    """
    target = int(rule["target_epochs"])
    if 0 < examples * target < rule["min_target_examples"]:
        return min(int(rule["max_epochs"]), int(rule["min_target_examples"]) // examples)
    if examples * target > rule["max_target_examples"]:
        return max(int(rule["min_epochs"]), int(rule["max_target_examples"]) // examples)
    return target
