"""Models are found by name and alias, and say until when they can be used."""

from __future__ import annotations

from datetime import date

import pytest

from ftdata.catalog.model_catalog import load_model, model_vendors, models_of
from ftdata.errors import UnknownName


@pytest.mark.parametrize(
    ("vendor", "asked", "name"),
    [
        ("openai", "gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"),
        ("openai", "gpt-4.1-mini-2025-04-14", "gpt-4.1-mini-2025-04-14"),
        ("openai", "GPT-4o", "gpt-4o-2024-08-06"),
        ("openai", "gpt-3.5-turbo-1106", "gpt-3.5-turbo"),
        ("azure", "gpt-35-turbo-0125", "gpt-35-turbo-16k"),
        ("azure", "ministral-3b", "Ministral-3B"),
    ],
)
def test_an_alias_leads_to_its_model(vendor: str, asked: str, name: str) -> None:
    assert load_model(asked, vendor=vendor).name == name


def test_an_unknown_model_names_near_ones_of_the_vendor() -> None:
    with pytest.raises(
        UnknownName, match=r"openai model 'gpt-4\.1-minni'; did you mean gpt-4\.1-mini"
    ):
        load_model("gpt-4.1-minni", vendor="openai")


def test_a_vendor_without_models_knows_none() -> None:
    assert models_of("nobody") == []
    with pytest.raises(UnknownName):
        load_model("gpt-4.1", vendor="nobody")


def test_models_are_told_apart_by_method() -> None:
    assert [model.name for model in models_of("openai", method="rft")] == ["o4-mini-2025-04-16"]
    assert {model.name for model in models_of("openai", method="completion")} == {
        "babbage-002",
        "davinci-002",
    }
    assert models_of("openai", method="kto") == []
    assert len(models_of("openai")) > 8


def test_both_vendors_of_the_first_targets_have_models() -> None:
    assert {"openai", "azure"} <= set(model_vendors())


@pytest.mark.parametrize(
    ("name", "tunable_until", "serves_until"),
    [
        ("gpt-4.1", date(2027, 1, 6), date(2027, 1, 14)),
        ("gpt-4o-mini", date(2027, 1, 6), date(2027, 1, 14)),
        ("gpt-4.1-nano", date(2026, 10, 23), date(2026, 10, 23)),
        ("gpt-3.5-turbo", date(2026, 10, 23), date(2026, 10, 23)),
    ],
)
def test_openai_ends_as_announced(name: str, tunable_until: date, serves_until: date) -> None:
    model = load_model(name, vendor="openai")
    assert (model.tunable_until, model.serves_until) == (tunable_until, serves_until)


def test_azure_goes_on() -> None:
    model = load_model("gpt-4.1-mini", vendor="azure")
    assert (model.tunable_until, model.serves_until) == (None, None)


@pytest.mark.parametrize(
    ("vendor", "name", "tokens", "certain"),
    [
        ("openai", "gpt-4.1", 65_536, True),
        ("openai", "gpt-3.5-turbo-0125", 16_385, True),
        ("openai", "gpt-3.5-turbo-0613", 4_096, True),
        ("azure", "gpt-4o", 65_536, True),
        ("azure", "gpt-4.1", 65_536, False),
    ],
)
def test_token_limits(vendor: str, name: str, tokens: int, certain: bool) -> None:
    model = load_model(name, vendor=vendor)
    assert model.max_tokens == tokens
    assert model.facts["max_tokens"].certain is certain
    assert model.facts["max_tokens"].effect == "truncate"


def test_a_limit_or_an_encoding_that_is_not_known_is_none() -> None:
    assert load_model("gpt-4-0613", vendor="openai").max_tokens is None
    assert load_model("Qwen-32B", vendor="azure").encoding is None
