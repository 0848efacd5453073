"""What the catalog knows of training prices, as a table."""

from __future__ import annotations

from ftdata.catalog.model_catalog import model_vendors, models_of
from ftdata.catalog.price_catalog import Price, prices_of
from ftdata.errors import UnknownName
from ftdata.model import Model
from ftdata.reports.table import table

_HEADER = (
    "vendor",
    "model",
    "tier",
    "region",
    "per 1M tokens",
    "per hour",
    "listed",
    "new jobs until",
)


def price_table(model: str | None, vendor: str | None) -> str:
    """One line a training price; with `model`, of that model only, at every vendor that has it.

    Raises UnknownName for a vendor or model that is not in the catalog.
    """
    if vendor is not None and vendor not in model_vendors():
        raise UnknownName("vendor", vendor, model_vendors())
    vendors = [vendor] if vendor else model_vendors()
    chosen = (
        _named(model, vendors) if model else [one for name in vendors for one in models_of(name)]
    )
    rows = [
        _row(one, price)
        for one in chosen
        for price in prices_of(one.vendor, one.name)
        if price.kind == "training"
    ]
    sources = sorted({row[-1] for row in rows})
    body = table(_HEADER, [row[:-1] for row in rows], right=(4, 5))
    return "\n".join([body, *(f"source: {source}" for source in sources)])


def _named(name: str, vendors: list[str]) -> list[Model]:
    wanted = name.casefold()
    models = [model for vendor in vendors for model in models_of(vendor)]
    found = [model for model in models if wanted in map(str.casefold, (model.name, *model.aliases))]
    if not found:
        raise UnknownName(
            "model", name, [n for model in models for n in (model.name, *model.aliases)]
        )
    return found


def _row(model: Model, price: Price) -> tuple[str, ...]:
    return (
        model.vendor,
        model.name,
        price.tier,
        price.region or "",
        "" if price.usd_per_million_tokens is None else f"{price.usd_per_million_tokens:f}",
        "" if price.usd_per_hour is None else f"{price.usd_per_hour:f}",
        price.as_of.isoformat(),
        str(model.tunable_until or "no end announced"),
        price.source,
    )
