"""Makes price lists of tables, which stand in the catalog's files and in users'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ftdata.model import AMOUNTS, Price, PriceList, PriceScope

_OF_THE_LIST = ("model", "models", "vendor", "prices")


def price_list_of(table: Mapping[str, Any]) -> PriceList:
    """Gives the list that a table says, which fits schemas/catalog/price.json.

    What stands above the entries holds for all that do not say otherwise. An entry with several regions
    becomes several prices, in their order.
    """
    scope = _scope(table)
    shared = {key: value for key, value in table.items() if key not in _OF_THE_LIST}
    prices = tuple(
        price
        for entry in table["prices"]
        for price in _prices(scope.title, table["vendor"], {**shared, **entry})
    )
    return PriceList(table["vendor"], scope, prices)


def _scope(table: Mapping[str, Any]) -> PriceScope:
    if "model" in table:
        return PriceScope(table["model"], names=(table["model"],))
    said = table["models"]
    size = said.get("parameters_billion", {})
    return PriceScope(
        said["title"],
        names=tuple(said.get("names", ())),
        over_billion=_decimal(size.get("over")),
        up_to_billion=_decimal(size.get("up_to")),
    )


def _prices(model: str, vendor: str, values: dict[str, Any]) -> Iterator[Price]:
    regions = values.pop("regions", [values.pop("region", None)])
    as_of = values.pop("as_of")
    dated = as_of if isinstance(as_of, str) else ""
    values.update({name: Decimal(values[name]) for name in AMOUNTS if name in values})
    values["methods"] = tuple(values.get("methods", ()))
    for region in regions:
        yield Price(
            model=model,
            vendor=vendor,
            region=region,
            as_of=first_day(as_of) if dated else as_of,
            dated=dated,
            **values,
        )


def first_day(period: str) -> date:
    """The first day of "2026" or of "2026-09"."""
    year, _, month = period.partition("-")
    return date(int(year), int(month or 1), 1)


def _decimal(value: int | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
