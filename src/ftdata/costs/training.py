"""Tokens -> the price of training on them."""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal

from ftdata.catalog.price_catalog import Price

#: Every digit is kept; amounts are rounded only where they are printed.
_EXACT = Context(prec=60)


def training_cost(billed_tokens: int, epochs: int, price: Price) -> Decimal | None:
    """The price of a job, in the price's currency, unrounded. `billed_tokens` are those of one epoch.

    None where training is billed by time: tokens do not say how long it takes.
    """
    if price.usd_per_million_tokens is None:
        return None
    trained = Decimal(billed_tokens * epochs)
    return _EXACT.multiply(trained, price.usd_per_million_tokens).scaleb(-6, _EXACT)


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
