"""What vendors charge, as listed on a day. An unknown price is None or absent, never 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from ftdata.catalog.catalog_file import catalog_names, facts_in, read_catalog_file
from ftdata.catalog.model_catalog import load_model
from ftdata.model import Fact

PriceKind = Literal["training", "inference", "hosting", "grading"]


@dataclass(frozen=True)
class Price:
    """One line of a price list. Amounts are in `currency`; those that are not of its kind are None."""

    model: str
    vendor: str
    kind: PriceKind
    tier: str
    as_of: date  # the day on which the vendor listed it
    source: str
    checked: date  # the day the source was last looked at
    region: str | None = None
    methods: tuple[str, ...] = ()  # of training
    usd_per_million_tokens: Decimal | None = None  # of training
    usd_per_million_input_tokens: Decimal | None = None
    usd_per_million_cached_input_tokens: Decimal | None = None
    usd_per_million_output_tokens: Decimal | None = None
    usd_per_hour: Decimal | None = None  # of hosting, and of training that is billed by time
    until: date | None = None  # the first day on which it held no more
    suspect: bool = False  # looks like an error in the vendor's list: kept, never used
    note: str = ""
    currency: str = "USD"

    def age_days(self, today: date) -> int:
        """Days since the vendor is known to have listed it."""
        return (today - self.as_of).days

    def holds(self, day: date) -> bool:
        """True from the day it was listed, and before the day it held no more."""
        return self.as_of <= day and (self.until is None or day < self.until)

    def is_stale(self, today: date) -> bool:
        """True if it was read too long ago to be relied on (see catalog/policies/prices.toml)."""
        return self.age_days(today) > int(_policy()["stale_after_days"].value)


def prices_of(vendor: str, model: str) -> list[Price]:
    """Every price of a model that can be used: suspect ones are left out.

    Raises UnknownName for a model that is not in the catalog; one without a price has none.
    """
    name = load_model(model, vendor=vendor).name
    return [price for price in _listed(vendor, name) if not price.suspect]


def training_price(
    vendor: str,
    model: str,
    *,
    method: str | None = None,
    tier: str | None = None,
    region: str | None = None,
    on: date | None = None,
) -> Price | None:
    """The price of training, or None where it is not known.

    Without a tier, the one of catalog/policies/prices.toml. With `on`, the price that held on that day;
    one listed later is not taken for it. Where a vendor lists a price by tokens and one by time, the
    former.
    """
    found = [
        price
        for price in prices_of(vendor, model)
        if price.kind == "training"
        and price.tier == (tier or default_tier())
        and price.region == region
        and (method is None or method in price.methods)
        and (on is None or price.holds(on))
    ]
    found.sort(key=lambda price: (price.usd_per_million_tokens is not None, price.as_of))
    return found[-1] if found else None


def default_tier() -> str:
    """The tier that is priced where none is named."""
    tier: str = _policy()["default_tier"].value
    return tier


@lru_cache(maxsize=128)
def _listed(vendor: str, model: str) -> tuple[Price, ...]:
    folder = f"prices/{vendor}"
    if vendor not in catalog_names("prices") or model not in catalog_names(folder):
        return ()
    shared = read_catalog_file(folder, model, kind="price list")
    entries = shared.pop("prices")
    return tuple(_price({**shared, **entry}) for entry in entries)


def _price(values: dict[str, Any]) -> Price:
    amounts = {key: Decimal(value) for key, value in values.items() if key.startswith("usd_per_")}
    methods = tuple(values.get("methods", ()))
    return Price(**{**values, **amounts, "methods": methods})


@lru_cache(maxsize=1)
def _policy() -> dict[str, Fact]:
    return facts_in(read_catalog_file("policies", "prices", kind="policy")["facts"])
