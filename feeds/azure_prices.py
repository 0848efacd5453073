"""Rebuilds Azure's part of the price catalog from a snapshot of Azure's retail prices.

    pip install --target /tmp/azure --no-deps azure-genai-prices
    python feeds/azure_prices.py /tmp/azure/azure_genai_prices/data/snapshot.json

The same snapshot gives the same bytes. Prices that cannot be true are kept and marked suspect. Look at the
difference (git diff) before you commit it: a price that changed needs the old one beside it, with an `until`.
`--check` writes nothing, and exits with 1 and names the files that differ.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from azure_meters import Meter, meters_in

from ftdata.catalog.price_gate import price_faults
from ftdata.catalog.price_reading import price_list_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).resolve().parent
CATALOG = HERE.parent / "src" / "ftdata" / "catalog" / "prices" / "azure"
_KINDS = ("training", "inference", "hosting", "grading")
_TIERS = ("global", "datazone", "regional", "developer", "any")
_AMOUNTS = (
    "usd_per_million_tokens",
    "usd_per_hour",
    "usd_per_million_input_tokens",
    "usd_per_million_cached_input_tokens",
    "usd_per_million_output_tokens",
)
Entry = dict[str, Any]
Amounts = tuple[tuple[str, Decimal], ...]


def price_files(snapshot: Mapping[str, Any]) -> dict[str, str]:
    """Gives the text of each file by its name: one a model that the snapshot has meters of."""
    with (HERE / "azure_prices.toml").open("rb") as file:
        words = tomllib.load(file)
    by_model: dict[str, list[Meter]] = defaultdict(list)
    for meter in meters_in(snapshot["items"], words):
        by_model[meter.model].append(meter)
    as_of = date.fromisoformat(snapshot["fetched_at"][:10])
    return {
        f"{model}.toml": _file_text(model, meters, words, as_of)
        for model, meters in sorted(by_model.items())
    }


def _file_text(model: str, meters: list[Meter], words: Mapping[str, Any], as_of: date) -> str:
    head = {
        "model": model,
        "vendor": "azure",
        "currency": "USD",
        "as_of": as_of,
        "checked": words["checked"],
        "source": words["source"],
    }
    entries = _entries(meters, words["methods"].get(model, []), words["notes"])
    _mark_suspects(head, entries)
    lines = [f"{key} = {_toml(value)}" for key, value in head.items()]
    lines += ["", "prices = [", *(f"  {_toml(entry)}," for entry in entries), "]", ""]
    return "\n".join(lines)


def _entries(meters: list[Meter], methods: list[str], notes: Mapping[str, str]) -> list[Entry]:
    found = []
    for kind in _KINDS:
        for tier in _TIERS:
            chosen = [one for one in meters if (one.kind, one.tier) == (kind, tier)]
            found += _entries_of_tier(kind, tier, chosen)
    both = _lists_both_units(found)
    for entry in found:
        if entry["kind"] == "training":
            entry["methods"] = methods
            if (entry["tier"], *entry.get("regions", [])) in both:
                entry["note"] = notes["both_units"]
    if any(entry["tier"] == "developer" for entry in found):
        free = {"kind": "hosting", "tier": "developer", "usd_per_hour": "0"}
        found.append({**free, "note": notes["developer_hosting"]})
    return sorted(found, key=lambda entry: _KINDS.index(entry["kind"]))


def _entries_of_tier(kind: str, tier: str, meters: list[Meter]) -> list[Entry]:
    """One entry for all regions with the same amounts; training by token and by hour are two things."""
    parts = [("usd_per_hour",), tuple(name for name in _AMOUNTS if name != "usd_per_hour")]
    found = []
    for names in parts if kind == "training" else [_AMOUNTS]:
        groups = _groups(one for one in meters if one.amount in names)
        for index, (amounts, regions) in enumerate(groups):
            if kind in ("inference", "grading") and amounts[-1][0] != _AMOUNTS[-1]:
                continue  # no price of output there: nobody can use it
            entry: Entry = {"kind": kind, "tier": tier}
            if tier == "regional" or index:
                entry["regions"] = regions
            found.append(entry | {name: f"{value:f}" for name, value in amounts})
    return sorted(found, key=lambda entry: "usd_per_hour" in entry)


def _groups(meters: Iterable[Meter]) -> list[tuple[Amounts, list[str]]]:
    """Regions by what they cost; the amounts of most regions first, then the lowest."""
    latest: dict[tuple[str, str], Meter] = {}
    for meter in sorted(meters, key=lambda one: (one.since, one.value)):
        latest[meter.region, meter.amount] = meter
    by_region: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for (region, name), meter in latest.items():
        by_region[region][name] = meter.value
    groups: dict[Amounts, list[str]] = defaultdict(list)
    for region, amounts in sorted(by_region.items()):
        groups[tuple((name, amounts[name]) for name in _AMOUNTS if name in amounts)].append(region)
    return sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))


def _lists_both_units(entries: list[Entry]) -> set[tuple[str, ...]]:
    training = [entry for entry in entries if entry["kind"] == "training"]
    places = [(entry["tier"], *entry.get("regions", [])) for entry in training]
    return {place for place in places if places.count(place) > 1}


def _mark_suspects(head: Mapping[str, Any], entries: list[Entry]) -> None:
    """Marks what the catalog's gate does not let through, with the reason."""
    owner = [entry for entry in entries for _ in entry.get("regions", [None])]
    for fault in price_faults(price_list_of({**head, "prices": entries}).prices):
        entry = owner[fault.index]
        key = fault.key.removeprefix("usd_per_million_").replace("_", " ")
        if not entry.get("suspect"):
            entry["suspect"] = True
            entry["note"] = f"an error in the list: {key} {fault.found}; credible: {fault.allowed}"


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        order = ["kind", "methods", "tier", "regions", *_AMOUNTS, "suspect", "note"]
        return (
            "{ " + ", ".join(f"{key} = {_toml(value[key])}" for key in order if key in value) + " }"
        )
    if isinstance(value, bool | list):
        return json.dumps(value)
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def main(arguments: list[str]) -> int:
    """Gives the exit status."""
    check = "--check" in arguments
    paths = [argument for argument in arguments if argument != "--check"]
    if len(paths) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    files = price_files(json.loads(Path(paths[0]).read_text(encoding="utf-8")))
    written = {path.name: path.read_text(encoding="utf-8") for path in CATALOG.glob("*.toml")}
    differing = sorted(
        name for name in files.keys() | written.keys() if files.get(name) != written.get(name)
    )
    for name in differing:
        print(
            f"{name}: {'differs' if name in written and name in files else 'only in one of both'}"
        )
        if not check and name in files:
            (CATALOG / name).write_text(files[name], encoding="utf-8")
    return 1 if check and differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
