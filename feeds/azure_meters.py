"""Reads Azure's retail meters: what each is a price of, told from its name by azure_prices.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_AMOUNT_OF = {
    "cached_input": "usd_per_million_cached_input_tokens",
    "input": "usd_per_million_input_tokens",
    "output": "usd_per_million_output_tokens",
}
#: By the unit of a meter: what its price is multiplied with, and whether that is a price of time.
_UNITS = {
    "1K": (Decimal(1000), False),
    "1M": (Decimal(1), False),
    "1 Hour": (Decimal(1), True),
    "1/Hour": (Decimal(1), True),
}


class UnknownMeter(Exception):
    """A meter of fine-tuning whose name says something that azure_prices.toml does not know."""


@dataclass(frozen=True)
class Meter:
    """What one meter is the price of, in one region; `since` is the first day on which it holds."""

    model: str
    kind: str
    tier: str
    region: str
    amount: str  # a key of schemas/catalog/price.json
    value: Decimal
    since: str


def meters_in(items: list[dict[str, Any]], words: Mapping[str, Any]) -> Iterator[Meter]:
    """Gives every meter of fine-tuning of a snapshot, once for each of its regions.

    Raises UnknownMeter, so that no new name is passed over in silence.
    """
    for item in items:
        named = _named(item["meterName"], words)
        if named is None:
            continue
        model, kind, tier, part = named
        if model in words["skipped"] and kind != "grading":
            continue
        factor, by_time = _UNITS[item["unitOfMeasure"]]
        value = (Decimal(str(item["retailPrice"])) * factor).normalize()
        amount = _amount(kind, part, by_time=by_time)
        for region in item["regions"]:
            yield Meter(model, kind, tier, region, amount, value, item["effectiveStartDate"])


def _named(name: str, words: Mapping[str, Any]) -> tuple[str, str, str, str] | None:
    said = re.sub(r"[-_ ]+", " ", name.casefold()).replace("ftregnl", " ft regnl").split()
    marks = set(words["marks"]["words"])
    if not marks & set(said):
        return None
    kinds = [kind for kind, its in words["kinds"].items() if set(its) & set(said)]
    tier = next((tier for tier, its in words["tiers"].items() if set(its) & set(said)), "global")
    known = {word for group in ("kinds", "tiers") for its in words[group].values() for word in its}
    rest = " ".join(word for word in said if word not in known | marks | {*words["noise"]["words"]})
    if rest not in words["models"]:
        raise UnknownMeter(f"{name!r}: no model is called {rest!r} in azure_prices.toml")
    kind = kinds[0] if kinds else "training"
    part = next((one for one in kinds if one in _AMOUNT_OF), "")
    if kind in _AMOUNT_OF:
        kind = "inference"
    return words["models"][rest], kind, "any" if kind == "grading" else tier, part


def _amount(kind: str, part: str, *, by_time: bool) -> str:
    if by_time:
        return "usd_per_hour"
    return "usd_per_million_tokens" if kind == "training" else _AMOUNT_OF[part]
