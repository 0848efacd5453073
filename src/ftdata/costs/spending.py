"""Whether a job may be paid: the gate that a pipeline stops at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ftdata.costs.quote import Quote
from ftdata.errors import UsageError


@dataclass(frozen=True)
class Limit:
    """What training may cost, in USD. `every`: each quote has to be within it, else the cheapest has to.

    The expected cost counts, and one that is not known is above every limit.
    """

    usd: Decimal
    every: bool

    def __post_init__(self) -> None:
        if not (self.usd.is_finite() and self.usd >= 0):
            raise UsageError(f"max spend {self.usd} is not a number of at least 0")

    def above(self, quotes: Sequence[Quote]) -> list[Quote]:
        """The quotes that break the limit; none where it is kept."""
        over = [one for one in quotes if one.cost is None or one.cost > self.usd]
        return over if self.every or len(over) == len(quotes) else []

    def is_kept(self, quotes: Sequence[Quote]) -> bool:
        """True where there is something to pay and it may be paid."""
        return bool(quotes) and not self.above(quotes)
