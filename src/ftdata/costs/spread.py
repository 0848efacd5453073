"""An amount that is not known to the digit: the least, the one to expect, and the most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal

#: Every digit is kept; amounts are rounded only where they are printed.
EXACT = Context(prec=60)


@dataclass(frozen=True)
class Spread:
    """An amount of money, tokens or hours. `low` <= `expected` <= `high`, none below 0."""

    low: Decimal
    expected: Decimal
    high: Decimal

    @classmethod
    def of(cls, amount: Decimal | int) -> Spread:
        """Gives one that is known exactly."""
        exact = Decimal(amount)
        return cls(exact, exact, exact)

    @classmethod
    def between(cls, low: Decimal | int, high: Decimal | int) -> Spread:
        """Gives one of which only the ends are known: the middle is expected."""
        least, most = Decimal(low), Decimal(high)
        return cls(least, EXACT.divide(EXACT.add(least, most), Decimal(2)), most)

    @property
    def is_exact(self) -> bool:
        """True where the ends are the same."""
        return self.low == self.high

    def plus(self, other: Spread) -> Spread:
        """Adds end to end."""
        return Spread(
            EXACT.add(self.low, other.low),
            EXACT.add(self.expected, other.expected),
            EXACT.add(self.high, other.high),
        )

    def times(self, factor: Spread | Decimal | int) -> Spread:
        """Multiplies end by end."""
        by = factor if isinstance(factor, Spread) else Spread.of(factor)
        return Spread(
            EXACT.multiply(self.low, by.low),
            EXACT.multiply(self.expected, by.expected),
            EXACT.multiply(self.high, by.high),
        )

    def at_least(self, minimum: Decimal) -> Spread:
        """Gives no end below a minimum."""
        return Spread(max(self.low, minimum), max(self.expected, minimum), max(self.high, minimum))


def total(spreads: Iterable[Spread]) -> Spread:
    """The sum; 0 of none."""
    found = Spread.of(0)
    for one in spreads:
        found = found.plus(one)
    return found


def per_million(tokens: Spread, rate: Spread | Decimal) -> Spread:
    """The price of tokens at a rate for each million of them."""
    return tokens.times(rate).times(Decimal("0.000001"))
