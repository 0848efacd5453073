"""Models, prices, encodings and framing are data: in shape, sourced, dated, and at one with each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import tiktoken.model

from ftdata.catalog.billing_catalog import billing_of
from ftdata.catalog.catalog_file import catalog_names, read_catalog_file
from ftdata.catalog.encoding_catalog import encoding_names
from ftdata.catalog.framing_catalog import framing_named
from ftdata.catalog.model_catalog import model_vendors, models_of
from ftdata.catalog.price_gate import price_faults
from ftdata.catalog.price_reading import price_list_of
from ftdata.catalog.target_catalog import load_target
from ftdata.model import AMOUNTS, Model
from ftdata.rules.shape.schema_check import SchemaCheck

MODELS = [model for vendor in model_vendors() for model in models_of(vendor)]
PRICE_LISTS = [
    (vendor, name)
    for vendor in catalog_names("prices")
    for name in catalog_names(f"prices/{vendor}")
]

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
        name = name.rpartition("/")[2].removesuffix("-4k").removesuffix("-16k")
        theirs = tiktoken.model.encoding_name_for_model(name)
        assert model.encoding == theirs.replace("o200k_harmony", "o200k_base")


@each_model
def test_a_model_stops_being_served_no_sooner_than_being_tunable(model: Model) -> None:
    if model.tunable_until and model.serves_until:
        assert model.tunable_until <= model.serves_until


@pytest.mark.parametrize("vendor", model_vendors())
def test_a_model_names_targets_of_its_vendor_and_methods(vendor: str) -> None:
    for model in models_of(vendor):
        for name in model.targets or ():
            assert model.is_taken_by(load_target(name)), (model.name, name)


@each_price_list
def test_a_price_list_fits_its_schema_and_lies_with_its_vendor(vendor: str, name: str) -> None:
    table = read(f"prices/{vendor}", name)
    assert table["vendor"] == vendor
    assert not faults("price", table)
    assert table.get("model", name) == name


@each_price_list
def test_a_price_list_names_models_of_the_catalog_unless_they_only_grade(
    vendor: str, name: str
) -> None:
    prices = price_list_of(read(f"prices/{vendor}", name))
    known = {model.name for model in models_of(vendor)}
    for model in prices.scope.names:
        only_grades = {price.kind for price in prices.prices} == {"grading"}
        assert model in known or only_grades or model == "classifier-factory"


@each_price_list
def test_every_price_says_when_and_where_it_was_listed(vendor: str, name: str) -> None:
    for price in price_list_of(read(f"prices/{vendor}", name)).prices:
        assert len(price.source) >= 8
        assert price.listed.startswith(str(price.as_of.year))
        assert date(2024, 1, 1) <= price.as_of <= price.checked
        assert price.currency == "USD"


@each_price_list
@pytest.mark.parametrize("key", ["source", "as_of", "checked"])
def test_a_price_list_without_source_or_date_is_refused(vendor: str, name: str, key: str) -> None:
    table = read(f"prices/{vendor}", name)
    assert faults("price", {inner: value for inner, value in table.items() if inner != key})


@each_price_list
def test_a_price_list_passes_the_gate(vendor: str, name: str) -> None:
    assert price_faults(price_list_of(read(f"prices/{vendor}", name)).prices) == []


@each_price_list
def test_what_is_marked_suspect_would_not_pass_the_gate(vendor: str, name: str) -> None:
    table = read(f"prices/{vendor}", name)
    for number, entry in enumerate(table["prices"]):
        if entry.get("suspect"):
            unmarked = {key: value for key, value in entry.items() if key != "suspect"}
            entries = [*table["prices"][:number], unmarked, *table["prices"][number + 1 :]]
            assert price_faults(price_list_of({**table, "prices": entries}).prices)


@each_price_list
def test_an_unknown_price_has_no_amount_and_says_why(vendor: str, name: str) -> None:
    for price in price_list_of(read(f"prices/{vendor}", name)).prices:
        amounts = [getattr(price, amount) for amount in AMOUNTS]
        if price.unknown:
            assert set(amounts) == {None}
            assert price.note
        else:
            assert any(amount is not None for amount in amounts)


def test_the_errors_in_a_vendors_list_are_kept_and_marked() -> None:
    suspects = {
        (name, entry["tier"], Decimal(entry["usd_per_million_cached_input_tokens"]))
        for vendor, name in PRICE_LISTS
        for entry in read(f"prices/{vendor}", name)["prices"]
        if entry.get("suspect") and "regions" not in entry
    }
    assert suspects == {
        ("gpt-4o-2024-08-06", "developer", Decimal(44)),
        ("gpt-4o-mini-2024-07-18", "developer", Decimal(11)),
    }


@pytest.mark.parametrize(
    "change",
    [
        {"usd_per_hour": "1"},
        {"usd_per_million_tokens": 25},
        {"usd_per_million_tokens": "25 USD"},
        {"usd_per_million_tokens": "-25"},
        {"usd_per_million_tokens": None},
        {"usd_per_million_tokens": None, "unknown": True},
        {"tier": "cheap"},
        {"kind": "hosting"},
        {"as_of": "yesterday"},
        {"as_of": "2026-13"},
        {"euro": "1"},
        {"suspect": False},
        {"region": "a", "regions": ["b"]},
        {"unknown": True, "note": "but there is an amount"},
        {"kind": "storage", "usd_per_month": "1"},
    ],
)
def test_a_price_out_of_shape_is_refused(change: dict[str, Any]) -> None:
    table = read("prices/openai", "gpt-4.1-2025-04-14")
    changed = {**table["prices"][0], **change}
    entry = {key: value for key, value in changed.items() if value is not None}
    assert faults("price", {**table, "prices": [entry]})


def test_a_class_is_some_models_by_name_or_by_size_and_not_both() -> None:
    table = read("prices/together", "up-to-16b")
    sizes = table["models"]
    assert faults("price", {**table, "models": {**sizes, "names": ["m"]}})
    assert faults("price", {**table, "model": "m"})
    assert faults("price", {**table, "models": {"title": "m", "parameters_billion": {}}})


@pytest.mark.parametrize("vendor", catalog_names("billing"))
def test_terms_of_billing_fit_their_schema(vendor: str) -> None:
    table = read("billing", vendor)
    assert table["vendor"] == vendor
    assert vendor in catalog_names("prices")
    assert not faults("billing", table)
    for fact in billing_of(vendor).values():
        assert fact.certain or fact.note


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
