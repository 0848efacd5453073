"""Prices are exact, dated, and unknown rather than zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from ftdata.catalog.price_catalog import prices_of, stale_after_days, training_price
from ftdata.errors import UnknownName
from ftdata.model import Price


def per_million(vendor: str, model: str, **where: str) -> Decimal | None:
    price = training_price(vendor, model, **where)  # type: ignore[arg-type]
    return price.usd_per_million_tokens if price else None


@pytest.mark.parametrize(
    ("vendor", "model", "where", "amount"),
    [
        ("openai", "gpt-4.1", {}, "25"),
        ("openai", "gpt-4.1-mini", {}, "5"),
        ("openai", "gpt-4.1-nano", {}, "1.5"),
        ("openai", "gpt-4o-mini", {}, "3"),
        ("openai", "gpt-3.5-turbo-0125", {}, "8"),
        ("azure", "gpt-4.1", {}, "25"),
        ("azure", "gpt-4.1", {"tier": "datazone"}, "27.5"),
        ("azure", "gpt-4.1", {"tier": "regional", "region": "swedencentral"}, "30.25"),
        ("azure", "gpt-4.1", {"tier": "developer"}, "12.5"),
        ("azure", "gpt-oss-20b", {}, "3.6"),
        ("azure", "babbage-002", {"tier": "regional"}, "0.4"),
        ("azure", "gpt-35-turbo", {"tier": "regional", "region": "eastus2"}, "8.8"),
    ],
)
def test_training_prices(vendor: str, model: str, where: dict[str, str], amount: str) -> None:
    assert per_million(vendor, model, **where) == Decimal(amount)


@pytest.mark.parametrize(
    ("vendor", "model", "where"),
    [
        ("openai", "gpt-4-0613", {}),
        ("openai", "gpt-4.1", {"tier": "regional"}),
        ("openai", "gpt-4.1", {"method": "rft"}),
        ("azure", "gpt-4.1", {"tier": "regional"}),
        ("azure", "gpt-4.1", {"tier": "regional", "region": "mars"}),
        ("azure", "Qwen-32B", {}),
    ],
)
def test_a_price_that_is_not_known_is_none(vendor: str, model: str, where: dict[str, str]) -> None:
    assert training_price(vendor, model, **where) is None  # type: ignore[arg-type]


def test_training_by_time_has_no_price_for_tokens() -> None:
    price = training_price("azure", "o4-mini", method="rft")
    assert price is not None
    assert price.usd_per_million_tokens is None
    assert price.usd_per_hour == 100


def test_a_model_outside_the_catalog_is_an_unknown_name() -> None:
    with pytest.raises(UnknownName):
        prices_of("openai", "gpt-7")


def test_a_model_without_a_price_list_has_no_prices() -> None:
    assert prices_of("azure", "gpt-5") == []


def test_suspect_prices_are_never_given() -> None:
    kinds = {price.kind for price in prices_of("azure", "gpt-4o") if price.tier == "developer"}
    assert kinds == {"training", "hosting"}


def test_tuned_models_and_hosting_are_priced_too() -> None:
    by_kind = {
        price.kind: price for price in prices_of("azure", "gpt-4.1-mini") if price.tier == "global"
    }
    assert by_kind["inference"].usd_per_million_input_tokens == Decimal("0.4")
    assert by_kind["inference"].usd_per_million_cached_input_tokens == Decimal("0.1")
    assert by_kind["inference"].usd_per_million_output_tokens == Decimal("1.6")
    assert by_kind["hosting"].usd_per_hour == Decimal("1.7")
    assert by_kind["hosting"].usd_per_million_tokens is None


def test_a_price_is_not_taken_for_a_day_before_it_was_listed() -> None:
    listed = training_price("openai", "gpt-4.1")
    assert listed is not None
    day_before = listed.as_of - timedelta(days=1)
    assert training_price("openai", "gpt-4.1", on=day_before) is None
    assert training_price("openai", "gpt-4.1", on=listed.as_of) == listed


PRICE = Price(
    model="m",
    vendor="v",
    kind="training",
    tier="global",
    as_of=date(2026, 8, 5),
    source="a page",
    checked=date(2026, 8, 5),
    until=date(2026, 9, 1),
)


def test_a_price_holds_until_another_takes_its_place() -> None:
    days = [date(2026, 8, 4), date(2026, 8, 5), date(2026, 8, 31), date(2026, 9, 1)]
    assert [PRICE.holds(day) for day in days] == [False, True, True, False]
    assert replace(PRICE, until=None).holds(date(2030, 1, 1))


def test_a_price_gets_stale() -> None:
    assert PRICE.age_days(date(2026, 8, 6)) == 1
    assert not PRICE.is_older(stale_after_days(), date(2026, 8, 6))
    assert PRICE.is_older(stale_after_days(), date(2027, 8, 6))
    assert not PRICE.is_older(1, date(2026, 8, 6))
    assert PRICE.is_older(0, date(2026, 8, 6))
