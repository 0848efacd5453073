"""Chooses what a price list shows: one row a way of training, with what is paid beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ftdata.catalog.model_catalog import models_of
from ftdata.catalog.price_catalog import PriceBook, default_tier
from ftdata.errors import UnknownName
from ftdata.model import Model, Price, PriceList, Target


@dataclass(frozen=True)
class PriceRow:
    """One price of training, and the prices of hosting and of using the tuned model in the same place.

    `training` is None for a list that has none.
    """

    vendor: str
    model: str  # or the class of models
    training: Price | None
    hosting: tuple[Price, ...]
    inference: Price | None

    @property
    def prices(self) -> list[Price]:
        """All that the row shows."""
        shown = [self.training, self.inference, *self.hosting]
        return [price for price in shown if price is not None]


def chosen_vendors(book: PriceBook, vendor: str | None, target: Target | None) -> list[str]:
    """The vendors to show; raises UnknownName for one without a price."""
    known = book.vendors()
    asked = vendor or (target.vendor if target else None)
    if asked is None:
        return known
    if asked not in known:
        raise UnknownName("vendor with prices", asked, known)
    return [asked]


def models_named(name: str, vendors: Sequence[str], book: PriceBook) -> list[Model]:
    """The models of a name or alias at each vendor; raises UnknownName."""
    wanted = name.casefold()
    known = [model for vendor in vendors for model in _models_with_prices(vendor, book)]
    found = [model for model in known if wanted in map(str.casefold, (model.name, *model.aliases))]
    if not found:
        names = [one for model in known for one in (model.name, *model.aliases)]
        raise UnknownName("model", name, names)
    return found


def rows_of_vendor(book: PriceBook, vendor: str, *, method: str | None = None) -> list[PriceRow]:
    """A row for each way of training in each list of a vendor, under the usual tier where there is one."""
    rows = []
    for prices in sorted(book.lists(vendor), key=_order):
        shown = [price for price in prices.prices if not price.suspect]
        training = [
            price
            for price in shown
            if price.kind == "training" and (method is None or method in price.methods)
        ]
        usual = [
            price for price in training if price.tier == default_tier() and price.region is None
        ]
        rows += [_row(prices, price, shown) for price in usual or training[:1]]
        if not training and any(price.kind == "hosting" for price in shown):
            rows.append(_row(prices, None, shown))
    return rows


def rows_of_model(book: PriceBook, model: Model, *, method: str | None = None) -> list[PriceRow]:
    """A row for each way, tier and region in which one model can be trained."""
    known = book.prices_of(model)
    training = [
        price
        for price in known
        if price.kind == "training"
        and (method is None or method in price.methods)
        and (not model.methods or set(model.methods) & set(price.methods))
    ]
    nearest = training[0].model if training else ""
    return [_row_of_model(book, model, price) for price in training if price.model == nearest]


def prices_shown(
    book: PriceBook, vendors: Sequence[str], named: Sequence[Model], *, method: str | None = None
) -> list[Price]:
    """Every usable price of the named models, or of all lists; with `method`, of training only this one."""
    if named:
        found = [price for model in named for price in book.prices_of(model)]
    else:
        lists = [one for vendor in vendors for one in book.lists(vendor)]
        found = [price for one in lists for price in one.prices if not price.suspect]
    return [
        price
        for price in found
        if method is None or price.kind != "training" or method in price.methods
    ]


def _order(prices: PriceList) -> tuple[int, Decimal, str]:
    """Models by name, then classes from small to large, then any model."""
    scope = prices.scope
    rank = 0 if scope.names else 1 if scope.by_size else 2
    return rank, scope.over_billion or Decimal(0), scope.title.casefold()


def _row_of_model(book: PriceBook, model: Model, training: Price) -> PriceRow:
    tier, region = training.tier, training.region
    hosting = book.find(model, "hosting", tier=tier, region=region)
    inference = book.find(model, "inference", tier=tier, region=region)
    first = inference[0] if inference else None
    return PriceRow(model.vendor, model.name, training, tuple(hosting), first)


def _row(prices: PriceList, training: Price | None, shown: Sequence[Price]) -> PriceRow:
    """What the list itself says of the place in which is trained."""
    tier = training.tier if training else default_tier()
    region = training.region if training else None
    near = [
        price
        for price in shown
        if price.tier == tier and price.region == region and not price.unknown
    ]
    hosting = tuple(price for price in near if price.kind == "hosting")
    inference = next((price for price in near if price.kind == "inference"), None)
    return PriceRow(prices.vendor, prices.scope.title, training, hosting, inference)


def _models_with_prices(vendor: str, book: PriceBook) -> Iterator[Model]:
    """The catalog's models, and those that only the user's lists name."""
    names = set()
    for model in models_of(vendor):
        names.add(model.name)
        yield model
    for prices in book.lists(vendor):
        for name in prices.scope.names:
            if name not in names:
                names.add(name)
                yield Model(name, vendor, name, (), (), None, {})
