"""Options that say what things cost, and how large a model is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import click

_Function = TypeVar("_Function", bound=Callable[..., Any])


def price_options(function: _Function) -> _Function:
    """Prices of the user, which stand over the catalog's, and when a price is old."""
    for decorator in reversed((_PRICE, *_PRICE_SOURCES)):
        function = decorator(function)
    return function


def price_source_options(function: _Function) -> _Function:
    """Where prices come from beside the catalog, and when one is old."""
    for decorator in reversed(_PRICE_SOURCES):
        function = decorator(function)
    return function


_PRICE: Callable[[Any], Any] = click.option(
    "--price",
    multiple=True,
    metavar="[MODEL=]USD",
    help="USD per million training tokens, instead of the catalog's; of one model, or of all. "
    "May be repeated.",
)
_PRICE_SOURCES: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--prices",
        metavar="FILE",
        help="Your own price lists (TOML, as in schemas/catalog/prices.json); they stand over the "
        "catalog's.",
    ),
    click.option(
        "--price-age",
        type=click.IntRange(min=0),
        metavar="DAYS",
        help="A price that was listed longer ago is said to be old. Default: 90.",
    ),
)


def stated_amounts(values: tuple[str, ...]) -> dict[str, Decimal]:
    """Reads "3.5" and "MODEL=3.5": the amounts by model, that for all others under ""."""
    found = {}
    for value in values:
        model, _, amount = value.rpartition("=")
        try:
            found[model] = Decimal(amount)
        except InvalidOperation:
            raise click.BadParameter(
                f"{value!r} is neither an amount, such as 3.5, nor MODEL=3.5", param_hint="--price"
            ) from None
    return found


def billions(size: str) -> Decimal:
    """Reads "8b", "8B" or "8" as eight billion, "270m" as 0.27."""
    text = size.strip().casefold()
    factor = Decimal("0.001") if text.endswith("m") else Decimal(1)
    try:
        number = Decimal(text.rstrip("bm")) * factor
    except InvalidOperation:
        number = Decimal(0)
    if not (number.is_finite() and number > 0):
        raise click.BadParameter(
            f"{size!r} is no size, such as 8b or 270m", param_hint="--parameters"
        )
    return number
