"""Price lists as JSON: version 1 of schemas/output/prices.json. Money is text, never a float."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ftdata.model import AMOUNTS, Price
from ftdata.reports.bill_json import amount


def price_json(prices: Iterable[Price], *, today: date, max_age: int) -> dict[str, Any]:
    """Gives every price as plain values; `old` says that it was listed more than `max_age` days ago."""
    return {
        "version": 1,
        "prices": [_price(price, price.is_older(max_age, today)) for price in prices],
    }


def _price(price: Price, old: bool) -> dict[str, Any]:
    return {
        "vendor": price.vendor,
        "model": price.model,
        "kind": price.kind,
        "methods": list(price.methods),
        "tuning": price.tuning,
        "tier": price.tier,
        "region": price.region,
        "gpu": price.gpu,
        **{name: amount(getattr(price, name)) for name in AMOUNTS},
        "currency": price.currency,
        "as_of": price.listed,
        "until": None if price.until is None else price.until.isoformat(),
        "checked": price.checked.isoformat(),
        "source": price.source,
        "certain": price.certain,
        "unknown": price.unknown,
        "old": old,
        "note": price.note,
    }
