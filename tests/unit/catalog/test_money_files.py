"""Models, prices, encodings and framing are data: in shape, sourced, dated, and at one with each other."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
import tiktoken.model

from ftdata.catalog.catalog_file import catalog_names, read_catalog_file
from ftdata.catalog.encoding_catalog import encoding_names
from ftdata.catalog.framing_catalog import framing_named
from ftdata.catalog.model_catalog import load_model, model_vendors, models_of
from ftdata.catalog.price_catalog import Price, prices_of
from ftdata.model import Model
from ftdata.rules.shape.schema_check import SchemaCheck

MODELS = [model for vendor in model_vendors() for model in models_of(vendor)]
PRICE_LISTS = [
    (vendor, name)
    for vendor in catalog_names("prices")
    for name in catalog_names(f"prices/{vendor}")
]
#: How a price may differ from the global price of the same kind and still be credible.
CREDIBLE = Decimal(3)

each_model = pytest.mark.parametrize(
    "model", MODELS, ids=lambda model: f"{model.vendor}-{model.name}"
)
each_price_list = pytest.mark.parametrize(("vendor", "name"), PRICE_LISTS)


def read(folder: str, name: str) -> dict[str, Any]:
    return read_catalog_file(folder, name, kind="file")


def faults(schema: str, table: dict[str, Any]) -> list[Any]:
    return list(SchemaCheck({"$ref": f"catalog/{schema}.json"}).explain(plain(table)))


def plain(value: Any) -> Any:
    """TOML dates as text, which is how schemas read them."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


@each_model
def test_a_model_fits_its_schema_and_is_named_after_its_file(model: Model) -> None:
    assert model.name in catalog_names(f"models/{model.vendor}")
    assert not faults("model", read(f"models/{model.vendor}", model.name))


@pytest.mark.parametrize("vendor", model_vendors())
def test_a_name_or_alias_means_one_model(vendor: str) -> None:
    names = [
        name.casefold() for model in models_of(vendor) for name in (model.name, *model.aliases)
    ]
    assert sorted(names) == sorted(set(names))


@each_model
def test_an_encoding_is_the_one_that_tiktoken_names(model: Model) -> None:
    if model.encoding is None:
        return
    assert model.encoding in encoding_names()
    for name in (model.name, *model.aliases):
        name = name.removesuffix("-4k").removesuffix("-16k")
        theirs = tiktoken.model.encoding_name_for_model(name)
        assert model.encoding == theirs.replace("o200k_harmony", "o200k_base")


@each_model
def test_a_model_stops_being_served_no_sooner_than_being_tunable(model: Model) -> None:
    if model.tunable_until and model.serves_until:
        assert model.tunable_until <= model.serves_until


@each_price_list
def test_a_price_list_fits_its_schema_and_names_a_model(vendor: str, name: str) -> None:
    table = read(f"prices/{vendor}", name)
    assert (table["vendor"], table["model"]) == (vendor, name)
    assert load_model(name, vendor=vendor).name == name
    assert not faults("price", table)


@each_price_list
def test_no_two_prices_of_one_thing_hold_on_the_same_day(vendor: str, name: str) -> None:
    lists = defaultdict(list)
    for price in prices_of(vendor, name):
        by_time = price.usd_per_hour is not None
        lists[price.kind, price.methods, price.tier, price.region, by_time].append(price)
    for prices in lists.values():
        prices.sort(key=lambda price: price.as_of)
        for older, newer in pairwise(prices):
            assert older.until is not None
            assert older.until <= newer.as_of


@each_price_list
def test_every_price_says_when_and_where_it_was_listed(vendor: str, name: str) -> None:
    for price in prices_of(vendor, name):
        assert price.source
        assert date(2026, 1, 1) <= price.as_of <= price.checked
        assert price.currency == "USD"


@each_price_list
def test_prices_are_credible_or_marked_suspect(vendor: str, name: str) -> None:
    prices = [price for price in prices_of(vendor, name) if price.kind == "inference"]
    usual = {
        amount: getattr(price, amount)
        for price in prices
        if price.tier == "global"
        for amount in AMOUNTS
    }
    for price in prices:
        assert is_credible(price, usual), price


AMOUNTS = ("usd_per_million_input_tokens", "usd_per_million_output_tokens")


def is_credible(price: Price, usual: dict[str, Decimal | None]) -> bool:
    entered, said = price.usd_per_million_input_tokens, price.usd_per_million_output_tokens
    cached = price.usd_per_million_cached_input_tokens
    in_order = (cached is None or entered is None or cached <= entered) and (
        entered is None or said is None or entered <= said
    )
    amounts = [(getattr(price, name), usual.get(name)) for name in AMOUNTS]
    return in_order and all(
        usual_amount / CREDIBLE <= amount <= usual_amount * CREDIBLE
        for amount, usual_amount in amounts
        if amount is not None and usual_amount is not None
    )


def test_the_errors_in_a_vendors_list_are_kept_and_marked() -> None:
    suspects = [
        (name, entry["tier"], Decimal(entry["usd_per_million_cached_input_tokens"]))
        for vendor, name in PRICE_LISTS
        for entry in read(f"prices/{vendor}", name)["prices"]
        if entry.get("suspect")
    ]
    assert suspects == [
        ("gpt-4o-2024-08-06", "developer", Decimal(44)),
        ("gpt-4o-mini-2024-07-18", "developer", Decimal(11)),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"usd_per_hour": "1"},
        {"usd_per_million_tokens": 25},
        {"usd_per_million_tokens": "25 USD"},
        {"usd_per_million_tokens": None},
        {"tier": "cheap"},
        {"kind": "hosting"},
        {"as_of": "yesterday"},
        {"euro": "1"},
        {"suspect": False},
    ],
)
def test_a_price_out_of_shape_is_refused(change: dict[str, Any]) -> None:
    table = read("prices/openai", "gpt-4.1-2025-04-14")
    changed = {**table["prices"][0], **change}
    entry = {key: value for key, value in changed.items() if value is not None}
    assert faults("price", {**table, "prices": [entry]})


@pytest.mark.parametrize("change", [{"max_tokens": 5}, {"methods": {"value": ["sft"]}}, {"x": {}}])
def test_a_model_fact_without_source_or_date_is_refused(change: dict[str, Any]) -> None:
    table = read("models/openai", "gpt-4.1-2025-04-14")
    assert faults("model", {**table, "facts": {**table["facts"], **change}})


@pytest.mark.parametrize("name", encoding_names())
def test_an_encoding_fits_its_schema_and_is_named_after_its_file(name: str) -> None:
    table = read("encodings", name)
    assert table["name"] == name
    assert not faults("encoding", table)


@pytest.mark.parametrize("name", catalog_names("framing"))
def test_a_framing_fits_its_schema_and_its_parts_add_up(name: str) -> None:
    table = read("framing", name)
    assert table["name"] == name
    assert not faults("framing", table)
    framing = framing_named(name)
    assert framing.opening + framing.function_role >= 0
    assert framing.opening <= framing.message


@pytest.mark.parametrize("name", catalog_names("policies"))
def test_a_policy_is_sourced_like_a_fact(name: str) -> None:
    for fact in read("policies", name)["facts"].values():
        schema = SchemaCheck({"$ref": "catalog/target.json#/$defs/fact"})
        assert not list(schema.explain(plain(fact)))
