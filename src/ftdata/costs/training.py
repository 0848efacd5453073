"""Tokens -> the price of training on them."""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal

from ftdata.model import Price

#: Every digit is kept; amounts are rounded only where they are printed.
_EXACT = Context(prec=60)


def training_cost(billed_tokens: int, epochs: int, price: Price) -> Decimal | None:
    """The price of a job, in the price's currency, unrounded. `billed_tokens` are those of one epoch.

    Of a price that is a range, its end. None where training is billed by time: tokens do not say how long it
    takes. Minimums are not in it.
    """
    between = training_costs(billed_tokens, epochs, price)
    return None if between is None else between[1]


def training_costs(billed_tokens: int, epochs: int, price: Price) -> tuple[Decimal, Decimal] | None:
    """The least and the most that a job costs, as far as the price is a range; else the same twice."""
    low = price.usd_per_million_tokens
    if low is None:
        return None
    high = low if price.most_usd_per_million_tokens is None else price.most_usd_per_million_tokens
    trained = Decimal(billed_tokens * epochs)
    least, most = (_EXACT.multiply(trained, rate).scaleb(-6, _EXACT) for rate in (low, high))
    return least, most


def stated_price(vendor: str, model: str, usd_per_million_tokens: Decimal, *, today: date) -> Price:
    """The price that the user states, in place of one from the catalog."""
    return Price(
        model=model,
        vendor=vendor,
        kind="training",
        tier="stated",
        as_of=today,
        source="the user",
        checked=today,
        usd_per_million_tokens=usd_per_million_tokens,
    )
