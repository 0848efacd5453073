"""How many epochs are priced: a number, or who says it."""

from __future__ import annotations

from typing import Literal

from ftdata.costs.epoch_rules import EpochRules
from ftdata.costs.epochs import EpochAdvice, epoch_advice
from ftdata.errors import UsageError
from ftdata.model import Fact

#: The advice of the vendor, that of OpenAI's cookbook, or the figure in between.
EpochRule = Literal["vendor", "cookbook", "between"]

RULES: tuple[EpochRule, ...] = ("vendor", "cookbook", "between")


def chosen_epochs(
    asked: int | str | None, rules: EpochRules, fact: Fact | None, examples: int
) -> EpochAdvice:
    """Gives what is priced: as asked, else the vendor's rule, else one pass.

    Raises UsageError for what is neither a number of at least 1 nor one of `RULES`.
    """
    if asked in (None, "vendor"):
        return epoch_advice(fact, examples)
    if asked == "cookbook":
        return rules.cookbook
    if asked == "between":
        return EpochAdvice(rules.suggested, "between", rules.why, certain=False)
    if isinstance(asked, int) and asked >= 1:
        return epoch_advice(fact, examples, stated=asked)
    raise UsageError(f"epochs {asked!r} is neither a number of at least 1 nor {', '.join(RULES)}")
