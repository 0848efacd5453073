"""Price lists of the user: one file with several, in the catalog's shape, through the catalog's gate."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from ftdata.catalog.price_gate import price_faults
from ftdata.catalog.price_reading import price_list_of
from ftdata.errors import FaultyPrices, UnreadableSource
from ftdata.model import PriceList
from ftdata.resources import all_schemas
from ftdata.storage.places import open_raw

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_SCHEMA = "catalog/prices.json"
_LISTS = "price_lists"


def read_price_file(path: str) -> tuple[PriceList, ...]:
    """Reads a file that fits schemas/catalog/prices.json: `[[price_lists]]`, one a model or class of models.

    What stands above the lists holds for all that do not say otherwise; `checked` may be left out and is
    then `as_of`. Raises UnreadableSource for a file that is missing or no TOML, and FaultyPrices, with the
    key, for one that is out of shape or not credible (see `price_faults`).
    """
    table = _read(path)
    _demand_shape(path, _plain(table))
    lists = []
    for number, entry in enumerate(table[_LISTS]):
        shared = {key: value for key, value in table.items() if key != _LISTS}
        whole = {"currency": "USD", **shared, **entry}
        if isinstance(whole.get("as_of"), date):
            whole.setdefault("checked", whole["as_of"])
        where = f"{_LISTS}[{number}]"
        _demand_shape(path, _plain(whole), schema="catalog/price.json", above=where)
        lists.append(price_list_of(whole))
        _demand_credible(path, where, whole["prices"], lists[-1])
    return tuple(lists)


def _read(path: str) -> dict[str, Any]:
    try:
        with open_raw(path) as file:
            table: dict[str, Any] = tomllib.loads(file.read().decode("utf-8-sig"))
    except OSError as error:
        raise UnreadableSource(path, error.strerror or str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableSource(path, f"not TOML: {error}") from error
    return table


def _demand_credible(
    path: str, where: str, entries: list[dict[str, Any]], found: PriceList
) -> None:
    numbers = [number for number, one in enumerate(entries) for _ in one.get("regions", [None])]
    for fault in price_faults(found.prices):
        key = f"{where}.prices[{numbers[fault.index]}].{fault.key}"
        raise FaultyPrices(path, key, fault.found, fault.allowed)


def _demand_shape(path: str, table: Any, *, schema: str = _SCHEMA, above: str = "") -> None:
    from jsonschema.exceptions import best_match

    errors = list(_validator(schema).iter_errors(table))
    unknown_key = (error for error in errors if error.validator == "additionalProperties")
    error = next(unknown_key, None) or best_match(errors)
    if error is not None:
        steps = [above] if above else []
        for step in error.absolute_path:
            steps.append(f"{steps.pop()}[{step}]" if isinstance(step, int) else str(step))
        raise FaultyPrices(path, ".".join(steps) or "the file", *_found_and_allowed(error))


def _found_and_allowed(error: Any) -> tuple[str, str]:
    found, asked = error.instance, error.validator_value
    if error.validator == "required":
        missing = [key for key in asked if key not in found]
        return f"no {', '.join(missing)}", f"one with {', '.join(asked)}"
    if error.validator == "additionalProperties":
        known = sorted(error.schema.get("properties", {}))
        return ", ".join(sorted(set(found) - set(known))), ", ".join(known)
    if error.validator == "enum":
        return repr(found), ", ".join(map(str, asked))
    if error.validator == "pattern":
        return repr(found), error.schema["description"]
    if error.validator == "type":
        kind = "text in quotes, so that no digit is lost" if asked == "string" else str(asked)
        return repr(found)[:60], kind
    if error.validator in ("oneOf", "not", "anyOf"):
        return _keys(found), "the amounts of its kind, see schemas/catalog/price.json"
    return repr(found)[:60], f"{error.validator} {asked!r}"[:120]


def _keys(found: Any) -> str:
    return ", ".join(map(str, found)) if isinstance(found, Mapping | list) else repr(found)


@lru_cache(maxsize=2)
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    base = "https://schemas.ftdata.invalid/"
    resources: Iterable[tuple[str, Resource[Any]]] = (
        (base + name, Resource.from_contents(one)) for name, one in all_schemas().items()
    )
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator({"$ref": base + schema}, registry=registry)


def _plain(value: Any) -> Any:
    """TOML dates as text, which is how schemas read them."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
