"""Who advises how many epochs, and the figure in between."""

from __future__ import annotations

from dataclasses import dataclass

from ftdata.catalog.epoch_catalog import cookbook_rule
from ftdata.costs.epochs import EpochAdvice, epoch_advice
from ftdata.model import Fact


@dataclass(frozen=True)
class EpochRules:
    """What is advised for some data. `vendor` None: its rule is not known.

    `suggested` is the figure in between where both differ, else the one there is; `why` says it.
    """

    vendor: EpochAdvice | None
    cookbook: EpochAdvice
    suggested: int
    why: str


def epoch_rules(fact: Fact | None, examples: int) -> EpochRules:
    """Gives the advice of the target's fact `epochs` and of OpenAI's cookbook for so many examples."""
    cookbook = epoch_advice(cookbook_rule(), examples)
    if fact is None:
        why = "the vendor's rule is not known; the cookbook's is one"
        return EpochRules(None, cookbook, cookbook.epochs, why)
    vendor = epoch_advice(fact, examples)
    if vendor.epochs == cookbook.epochs:
        same = fact.value["rule"] == "cookbook"
        why = "the vendor publishes no rule but the cookbook's" if same else "both agree"
        return EpochRules(vendor, cookbook, vendor.epochs, why)
    low, high = sorted((vendor.epochs, cookbook.epochs))
    # Doubling an epoch is one step, whether from 1 or from 10: so the geometric mean, rounded down.
    between = max(number for number in range(low, high + 1) if number * number <= low * high)
    why = "in proportion between both, rounded down: each pass is paid, and one too many is not undone"
    return EpochRules(vendor, cookbook, between, why)
