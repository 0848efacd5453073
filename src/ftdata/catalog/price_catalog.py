"""What vendors charge, as listed on a day. An unknown price is None or absent, never 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ftdata.catalog.catalog_file import catalog_names, facts_in, read_catalog_file
from ftdata.catalog.model_catalog import load_model
from ftdata.catalog.price_reading import price_list_of
from ftdata.model import AMOUNTS, Fact, Model, Price, PriceKind, PriceList

_REGIONAL = "regional"


@dataclass(frozen=True)
class PriceBook:
    """The catalog's price lists, and `own` ones of the user, which stand over them."""

    own: tuple[PriceList, ...] = ()

    def vendors(self) -> list[str]:
        """Everyone who has a price list, by name."""
        return sorted({*catalog_names("prices"), *(one.vendor for one in self.own)})

    def lists(self, vendor: str) -> list[PriceList]:
        """The price lists of a vendor, the user's first."""
        return [*(one for one in self.own if one.vendor == vendor), *_catalog_lists(vendor)]

    def prices_of(self, model: Model) -> list[Price]:
        """Every price that can be used for a model, the one meant most closely first.

        Suspect prices are left out. Prices of a model's size or of any model come behind its own.
        """
        return [price for _, price in self._ranked(model)]

    def find(
        self,
        model: Model,
        kind: PriceKind,
        *,
        method: str | None = None,
        tier: str | None = None,
        region: str | None = None,
        tuning: str | None = None,
        on: date | None = None,
    ) -> list[Price]:
        """The prices of one kind that hold for a model, the best first; none where none is known.

        Without a tier or a tuning, those of catalog/policies/prices.toml. With `on`, those that held on
        that day; one listed later is not taken for it. Only the list that means the model most closely
        counts. There is more than one price where a vendor rents several GPUs, or lists a price by tokens
        beside one by time: the former comes first, and of older and newer ones the newest.
        """
        found = [
            (rank, price)
            for rank, price in self._ranked(model)
            if price.kind == kind
            and not price.unknown
            and price.tier == (tier or default_tier())
            and price.tuning in (None, tuning or default_tuning())
            and (method is None or kind != "training" or method in price.methods)
            and (on is None or price.holds(on))
        ]
        nearest = min((rank for rank, _ in found), default=None)
        prices = _of_region([price for rank, price in found if rank == nearest], region)
        prices.sort(key=lambda price: (price.usd_per_million_tokens is not None, price.as_of))
        return prices[::-1]

    def training_price(
        self,
        model: Model,
        *,
        method: str | None = None,
        tier: str | None = None,
        region: str | None = None,
        tuning: str | None = None,
        on: date | None = None,
    ) -> Price | None:
        """The price of training (see `find`), or None where it is not known."""
        found = self.find(
            model, "training", method=method, tier=tier, region=region, tuning=tuning, on=on
        )
        return found[0] if found else None

    def gaps(self, model: Model, *, method: str | None = None) -> list[Price]:
        """What was looked for and not found; the note of each says where."""
        return [
            price
            for price in self.prices_of(model)
            if price.unknown and (method is None or not price.methods or method in price.methods)
        ]

    def _ranked(self, model: Model) -> Iterator[tuple[tuple[bool, int], Price]]:
        own = len([one for one in self.own if one.vendor == model.vendor])
        ranked = []
        for index, prices in enumerate(self.lists(model.vendor)):
            closeness = prices.scope.rank(model)
            if closeness is not None:
                ranked.append(((index >= own, closeness), prices))
        for rank, prices in sorted(ranked, key=lambda one: one[0]):
            yield from ((rank, price) for price in prices.prices if not price.suspect)


#: What ftdata itself knows.
CATALOG = PriceBook()


def prices_of(vendor: str, model: str) -> list[Price]:
    """Every price of a model that can be used: suspect ones are left out.

    Raises UnknownName for a model that is not in the catalog; one without a price has none.
    """
    return CATALOG.prices_of(load_model(model, vendor=vendor))


def training_price(
    vendor: str,
    model: str,
    *,
    method: str | None = None,
    tier: str | None = None,
    region: str | None = None,
    tuning: str | None = None,
    on: date | None = None,
) -> Price | None:
    """The catalog's price of training a model (see `PriceBook.find`); raises UnknownName for the model."""
    found = load_model(model, vendor=vendor)
    return CATALOG.training_price(
        found, method=method, tier=tier, region=region, tuning=tuning, on=on
    )


def default_tier() -> str:
    """The tier that is priced where none is named."""
    tier: str = _policy()["default_tier"].value
    return tier


def default_tuning() -> str:
    """Which weights are trained where nobody says: all of them, or a small adapter (LoRA)."""
    tuning: str = _policy()["default_tuning"].value
    return tuning


def stale_after_days() -> int:
    """Days after which a price is said to be old."""
    return int(_policy()["stale_after_days"].value)


def hours_a_month() -> int:
    """How long a month is, where something is paid by the hour and is always there."""
    return int(_policy()["hours_a_month"].value)


def _of_region(prices: Sequence[Price], region: str | None) -> list[Price]:
    """Those of a region; where it has none of its own, those of all regions.

    Without a region, those of all regions; a regional price only if it is the same in each.
    """
    exact = [price for price in prices if price.region == region]
    if exact:
        return exact
    if region is not None:
        return [price for price in prices if price.region is None and price.tier != _REGIONAL]
    by_region: dict[str | None, list[Price]] = {}
    for price in prices:
        by_region.setdefault(price.region, []).append(price)
    amounts = {
        tuple(tuple(getattr(price, name) for name in AMOUNTS) for price in one)
        for one in by_region.values()
    }
    return next(iter(by_region.values())) if len(amounts) == 1 else []


@lru_cache(maxsize=64)
def _catalog_lists(vendor: str) -> tuple[PriceList, ...]:
    if vendor not in catalog_names("prices"):
        return ()
    folder = f"prices/{vendor}"
    return tuple(
        price_list_of(read_catalog_file(folder, name, kind="price list"))
        for name in catalog_names(folder)
    )


@lru_cache(maxsize=1)
def _policy() -> dict[str, Fact]:
    return facts_in(read_catalog_file("policies", "prices", kind="policy")["facts"])
