"""Amounts of money as text: the only place where they are rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from ftdata.costs.spread import Spread


def dollars(amount: Decimal | None) -> str:
    """Gives an amount to the cent, to a hundredth of one where it is smaller; "unknown" for None."""
    if amount is None:
        return "unknown"
    places = Decimal("0.01") if abs(amount) >= 1 or amount == 0 else Decimal("0.0001")
    return f"{amount.quantize(places, rounding=ROUND_HALF_UP):,}"


def money(amount: Decimal | None, currency: str = "USD") -> str:
    """Gives an amount with its currency."""
    return "unknown" if amount is None else f"{dollars(amount)} {currency}"


def ends(spread: Spread | None, *, whole: bool = False) -> str:
    """Gives "low-high" for a narrow column; with `whole` to the dollar, where it is 100 or more."""
    if spread is None:
        return "unknown"
    low, high = (_narrow(amount, whole=whole) for amount in (spread.low, spread.high))
    return low if low == high else f"{low}-{high}"


def _narrow(amount: Decimal, *, whole: bool) -> str:
    if whole and amount >= 100:
        return f"{amount.quantize(Decimal(1), rounding=ROUND_HALF_UP):,}"
    if Decimal("0.01") <= amount < 1:
        return f"{amount.quantize(Decimal('0.001'), rounding=ROUND_HALF_UP)}"
    return dollars(amount)


def rate(amount: Decimal | None) -> str:
    """Gives a small amount with as many digits as say something: three that are not 0."""
    if amount is None:
        return "unknown"
    if amount == 0:
        return "0"
    rounded = round(amount, max(0, 2 - amount.adjusted()))
    return f"{rounded.normalize():f}"
