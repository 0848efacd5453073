"""The gate that every price passes: what no price list means to say is an error in the list.

Vendors' own lists hold such errors: cached input above input, a unit that is off by a thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ftdata.model import AMOUNTS, Price

#: How many times the global price another tier or region may cost, or be cheaper, and be credible.
CREDIBLE = Decimal(3)
_USUAL_TIER = "global"
_ASCENDING = (
    "usd_per_million_cached_input_tokens",
    "usd_per_million_input_tokens",
    "usd_per_million_output_tokens",
)


@dataclass(frozen=True)
class PriceFault:
    """What is wrong with one price: `index` counts the list's entries from 0."""

    index: int
    key: str
    found: str
    allowed: str


def price_faults(prices: Sequence[Price]) -> list[PriceFault]:
    """Gives what cannot be true of one list; prices that are marked suspect are passed over.

    Cached input costs no more than input, and input no more than output. No tier or region is more than
    three times as dear or as cheap as the global one. Nothing is free without a note that says why. No two
    prices of one thing hold on the same day.
    """
    credible = [(index, price) for index, price in enumerate(prices) if not price.suspect]
    usual = _usual(prices)
    faults = [fault for index, price in credible for fault in _faults_of_one(index, price)]
    faults += [fault for index, price in credible for fault in _incredible(index, price, usual)]
    faults += _overlaps(credible)
    return sorted(faults, key=lambda fault: fault.index)


def _faults_of_one(index: int, price: Price) -> Iterator[PriceFault]:
    for name in AMOUNTS:
        amount: Decimal | None = getattr(price, name)
        if amount == 0 and not price.note:
            allowed = "more than 0, or a note that says why it is free"
            yield PriceFault(index, name, "0", allowed)
    stated = [
        (name, getattr(price, name)) for name in _ASCENDING if getattr(price, name) is not None
    ]
    for (lower, least), (name, amount) in pairwise(stated):
        if least > amount:
            yield PriceFault(
                index, lower, f"{least:f}", f"no more than {name}, which is {amount:f}"
            )
    low, high = price.usd_per_million_tokens, price.most_usd_per_million_tokens
    if low is not None and high is not None and low > high:
        yield PriceFault(
            index,
            "most_usd_per_million_tokens",
            f"{high:f}",
            f"no less than {low:f}, its beginning",
        )
    if price.as_of > price.checked:
        allowed = f"no later than checked, which is {price.checked}"
        yield PriceFault(index, "as_of", str(price.as_of), allowed)
    if price.until is not None and price.until < price.as_of:
        yield PriceFault(index, "until", str(price.until), f"no sooner than as_of, {price.as_of}")


def _usual(prices: Sequence[Price]) -> dict[tuple[Hashable, str], Decimal]:
    """The amounts of the global tier, where no region says otherwise."""
    return {
        (_thing(price), name): getattr(price, name)
        for price in prices
        if price.tier == _USUAL_TIER and price.region is None and not price.suspect
        for name in AMOUNTS
        if getattr(price, name)
    }


def _incredible(
    index: int, price: Price, usual: dict[tuple[Hashable, str], Decimal]
) -> Iterator[PriceFault]:
    for name in AMOUNTS:
        amount, other = getattr(price, name), usual.get((_thing(price), name))
        if amount and other and not other / CREDIBLE <= amount <= other * CREDIBLE:
            allowed = f"within {CREDIBLE} times of the global price, which is {other:f}"
            yield PriceFault(index, name, f"{amount:f}", allowed)


def _overlaps(prices: Sequence[tuple[int, Price]]) -> Iterator[PriceFault]:
    same = defaultdict(list)
    for index, price in prices:
        by_time = price.usd_per_hour is not None
        same[_thing(price), price.tier, price.region, by_time].append((price.as_of, index, price))
    for found in same.values():
        for (_, _, older), (_, index, newer) in pairwise(sorted(found, key=lambda one: one[:2])):
            if older.until is None or older.until > newer.as_of:
                allowed = f"one price a day: the one of {older.listed} needs an until"
                yield PriceFault(index, "as_of", newer.listed, allowed)


def _thing(price: Price) -> Hashable:
    """What it is a price of, wherever that is."""
    return (price.kind, price.methods, price.tuning, price.gpu)
