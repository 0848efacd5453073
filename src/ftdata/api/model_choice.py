"""Which models an estimate is about, in the catalog or not, and what the user says they cost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from ftdata.catalog.model_catalog import load_model, models_of
from ftdata.catalog.offers import models_for
from ftdata.catalog.price_catalog import PriceBook
from ftdata.costs.quote import is_tunable
from ftdata.costs.training import stated_price
from ftdata.errors import UnknownName, UsageError
from ftdata.model import Fact, Model, Price, Target


def chosen_models(
    target: Target,
    names: Sequence[str],
    *,
    parameters: Decimal | None,
    book: PriceBook,
    priced: Collection[str],
    today: date,
) -> tuple[list[Model], list[Model]]:
    """The models to price, and the retired ones that nobody asked for.

    A name that is not in the catalog is good where its size is stated (`parameters`, in billions), or a price
    (`priced`, or a list of the user in the book). Of a trainer on one's own machine every name is good, as
    open models are not in this catalog. Raises UnknownName.
    """
    if not target.hosted:
        return [_outside(target, name, parameters) for name in dict.fromkeys(names or ["any"])], []
    if names:
        asked = dict.fromkeys(names)
        return [_named(target, name, parameters, book, priced) for name in asked], []
    if parameters is not None:
        return [_outside(target, f"{parameters.normalize():f}B model", parameters)], []
    known = models_for(target, book=book)
    if not known:
        return [_outside(target, "any", None)], []
    live = [model for model in known if is_tunable(model, today)]
    if not live:
        return known, []  # what it would have cost, with a note on each that it is too late
    return live, [model for model in known if model not in live]


def in_catalog(model: Model) -> bool:
    """False for a model of which only the user, or a class of prices, knows."""
    return model in models_of(model.vendor)


def priced_tuning(tuning: str) -> str:
    """The tuning that a price is for: no vendor asks whether the base is quantized (qlora)."""
    return "lora" if tuning == "qlora" else tuning


def stated_prices(
    price: Decimal | Mapping[str, Decimal] | None, target: Target, names: Sequence[str]
) -> dict[str, Decimal]:
    """The user's prices by the names of models; that of "" is for all others.

    Raises UsageError for what is no price, and UnknownName for a model that is neither in the catalog nor
    among the `names` asked for.
    """
    by_name = {"": price} if isinstance(price, Decimal) else dict(price or {})
    found = {}
    for name, amount in by_name.items():
        if not (amount.is_finite() and amount >= 0):
            raise UsageError(f"price {amount} is not a number of at least 0")
        outside = not name or name in names
        found[_own_name(target, name, raising=not outside)] = amount
    return found


def stated_price_of(model: Model, stated: Mapping[str, Decimal], today: date) -> Price | None:
    """What the user says that training a model costs, if anything."""
    amount = stated.get(model.name, stated.get(""))
    if amount is None:
        return None
    return stated_price(model.vendor, model.name, amount, today=today)


def _own_name(target: Target, name: str, *, raising: bool) -> str:
    try:
        return load_model(name, vendor=target.vendor).name
    except UnknownName:
        if raising:
            raise
        return name


def _named(
    target: Target,
    name: str,
    parameters: Decimal | None,
    book: PriceBook,
    priced: Collection[str],
) -> Model:
    try:
        return load_model(name, vendor=target.vendor)
    except UnknownName:
        listed = any(name in one.scope.names for one in book.own if one.vendor == target.vendor)
        if parameters is None and not listed and name not in priced:
            raise
        return _outside(target, name, parameters)


def _outside(target: Target, name: str, parameters: Decimal | None) -> Model:
    """A model that is not in the catalog, or whichever is trained, as on one's own machine."""
    facts = {key: target.facts[key] for key in ("max_tokens",) if key in target.facts}
    if parameters is not None:
        facts["parameters_billion"] = Fact(parameters, "the user", date.min, "info")
    return Model(name, target.vendor, name, (), (target.method,), target.encoding, facts)
