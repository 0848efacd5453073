"""All that a vendor charges for one model in one place, and what can be trained on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ftdata.catalog.billing_catalog import billing_of
from ftdata.catalog.model_catalog import models_of
from ftdata.catalog.price_catalog import CATALOG, PriceBook
from ftdata.catalog.target_catalog import load_target, target_ids
from ftdata.model import Fact, Model, Price, PriceList, Target


@dataclass(frozen=True)
class Offer:
    """What a model costs at its vendor; what is not known is None or empty.

    hosting: one price, or one for each GPU that can be rented
    batch: inference that may take a day
    gaps: what was looked for and not found
    billing: the vendor's terms (see `billing_of`)
    """

    model: Model
    training: Price | None
    inference: Price | None
    batch: Price | None
    hosting: tuple[Price, ...]
    storage: Price | None
    gaps: tuple[Price, ...]
    billing: Mapping[str, Fact]

    @property
    def minimum_usd(self) -> Decimal | None:
        """The least that a job costs; None: not known."""
        fact = self.billing.get("minimum_usd_per_job")
        return None if fact is None else Decimal(fact.value)


def offer_for(
    model: Model,
    *,
    method: str | None = None,
    tier: str | None = None,
    region: str | None = None,
    tuning: str | None = None,
    on: date | None = None,
    book: PriceBook = CATALOG,
) -> Offer:
    """Gives all prices of a model under a tier and in a region (see `PriceBook.find`)."""

    def first(kind: str, tier: str | None = tier) -> Price | None:
        found = book.find(model, kind, method=method, tier=tier, region=region, on=on)  # type: ignore[arg-type]
        return found[0] if found else None

    return Offer(
        model=model,
        training=book.training_price(
            model, method=method, tier=tier, region=region, tuning=tuning, on=on
        ),
        inference=first("inference"),
        batch=first("inference", "batch"),
        hosting=tuple(book.find(model, "hosting", tier=tier, region=region, on=on)),
        storage=first("storage"),
        gaps=tuple(book.gaps(model, method=method)),
        billing=billing_of(model.vendor),
    )


def models_for(target: Target, *, book: PriceBook = CATALOG) -> list[Model]:
    """The models that a job of the target can be about, whatever the day.

    Where a vendor prices by size, each class of sizes that none of them is in stands behind them as a model
    of its own.
    """
    named = [model for model in models_of(target.vendor) if model.is_taken_by(target)]
    classes = [
        class_model(prices, target)
        for prices in book.lists(target.vendor)
        if prices.scope.by_size
        and _trains(prices, target.method)
        and not any(prices.scope.rank(model) is not None for model in named)
    ]
    return named + classes


def trainable(
    day: date, *, vendor: str | None = None, book: PriceBook = CATALOG
) -> list[tuple[Target, Model]]:
    """Every pair of a target and a model of the catalog for which a job can be created on that day."""
    found = []
    for name in target_ids():
        target = load_target(name)
        if vendor not in (None, target.vendor) or not _is_open(target.until, day):
            continue
        found += [
            (target, model)
            for model in models_for(target, book=book)
            if _is_open(model.tunable_until, day)
        ]
    return found


def class_model(prices: PriceList, target: Target) -> Model:
    """Stands for any model of the sizes that a list is for; its tokens are of an unknown vocabulary."""
    scope, first = prices.scope, prices.prices[0]
    size = scope.up_to_billion
    if size is None:
        size = (scope.over_billion or Decimal(0)) + 1
    facts = {name: target.facts[name] for name in ("max_tokens",) if name in target.facts}
    facts["parameters_billion"] = Fact(
        size, first.source, first.checked, "info", certain=False, note="a class of sizes"
    )
    return Model(
        scope.title, prices.vendor, scope.title, (), (target.method,), None, facts, (target.id,)
    )


def _trains(prices: PriceList, method: str) -> bool:
    return any(price.kind == "training" and method in price.methods for price in prices.prices)


def _is_open(until: date | None, day: date) -> bool:
    return until is None or day < until
