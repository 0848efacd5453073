"""One line of a comparison: a model that would take the data, or a target that does not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ftdata.costs.quote import Quote


@dataclass(frozen=True)
class Offered:
    """A model that can be trained on the data, and what that costs."""

    target: str
    quote: Quote

    @property
    def order(self) -> tuple[bool, Decimal, str, str]:
        """By expected cost, unknown ones last."""
        cost = self.quote.cost
        return (cost is None, cost or Decimal(0), self.target, self.quote.model)


@dataclass(frozen=True)
class Refused:
    """A target that does not take the data. `codes`: code, name and number of findings, errors only."""

    target: str
    codes: tuple[tuple[str, str, int], ...]
