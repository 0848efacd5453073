"""A quote says the price, and everything that makes it less than certain."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ftdata.catalog.model_catalog import load_model
from ftdata.catalog.price_catalog import training_price
from ftdata.costs.epochs import EpochAdvice
from ftdata.costs.quote import Quote, quote
from ftdata.costs.training import stated_price, training_cost
from ftdata.tokens.counter import counter
from ftdata.tokens.framing import row_tokens
from ftdata.tokens.tally import tally_row
from tests.shared_data import shared_file

TODAY = date(2026, 11, 21)
THREE = EpochAdvice(3, "cookbook", "a notebook", certain=False)
COUNTS = {"rows": 10, "tokens": 1_200_000, "billed": 1_000_000, "cookbook": 1_300_000}


def quoted(name: str, vendor: str = "openai", *, today: date = TODAY, **more: int) -> Quote:
    model = load_model(name, vendor=vendor)
    price = training_price(vendor, model.name)
    return quote(model, {**COUNTS, **more}, THREE, price=price, today=today)


def test_the_figures() -> None:
    found = quoted("gpt-4.1-mini")
    assert found.model == "gpt-4.1-mini-2025-04-14"
    assert (found.vendor, found.encoding) == ("openai", "o200k_base")
    assert (found.rows, found.tokens, found.billed_tokens) == (10, 1_200_000, 1_000_000)
    assert (found.epochs, found.training_tokens) == (3, 3_000_000)
    assert found.cookbook_upper_bound_tokens == 1_300_000
    assert found.cost == 15
    assert found.tunable


def test_nothing_counted_costs_nothing() -> None:
    model = load_model("gpt-4.1", vendor="openai")
    found = quote(model, Counter(), THREE, price=training_price("openai", model.name), today=TODAY)
    assert (found.cost, found.rows, found.training_tokens) == (0, 0, 0)


def test_no_digit_of_a_cost_is_lost() -> None:
    price = stated_price("v", "m", Decimal("0.123456789"), today=TODAY)
    cost = training_cost(10**15 + 1, 3, price)
    assert cost == Decimal("370370367.000000370370367")


def test_an_unknown_price_gives_no_cost() -> None:
    found = quoted("gpt-4-0613")
    assert (found.price, found.cost) == (None, None)
    assert "no training price is known" in found.notes


def test_training_by_time_gives_no_cost_but_its_rate() -> None:
    found = quoted("o4-mini", "azure")
    assert found.cost is None
    assert "training is billed by time: 100 USD an hour" in found.notes


def test_a_stated_price_is_used_and_named() -> None:
    model = load_model("Qwen-32B", vendor="azure")
    price = stated_price("azure", model.name, Decimal("2.5"), today=TODAY)
    found = quote(model, COUNTS, THREE, price=price, today=TODAY, encoding="o200k_base")
    assert found.cost == Decimal("7.5")
    assert found.encoding == "o200k_base"
    assert "price of 2026-11-21 (the user)" in found.notes
    assert "counted in o200k_base, not in the model's own tokens" in found.notes


@pytest.mark.parametrize(
    ("today", "notes", "tunable"),
    [
        (
            date(2026, 11, 21),
            ["no new jobs from 2027-01-06", "the tuned model stops on 2027-01-14, in 54 days"],
            True,
        ),
        (
            date(2027, 1, 6),
            ["no new jobs since 2027-01-06", "the tuned model stops on 2027-01-14, in 8 days"],
            False,
        ),
        (
            date(2027, 1, 14),
            ["no new jobs since 2027-01-06", "the tuned model stopped on 2027-01-14"],
            False,
        ),
    ],
)
def test_the_days_left_are_said(today: date, notes: list[str], tunable: bool) -> None:
    found = quoted("gpt-4.1", today=today)
    said = [note for note in found.notes if "jobs" in note or "tuned model st" in note]
    assert said == notes
    assert found.tunable is tunable
    assert any("organisations" in note for note in found.notes) is tunable


def test_an_uncertain_end_is_said_to_be_one() -> None:
    found = quoted("gpt-35-turbo", "azure")
    assert "no new jobs since 2026-03-05, as far as is known" in found.notes
    assert not found.tunable


def test_a_model_without_an_end_is_not_said_to_have_one() -> None:
    found = quoted("gpt-4.1", "azure")
    assert found.tunable
    assert not any("jobs" in note for note in found.notes)


def test_an_old_price_is_said_to_be_old() -> None:
    fresh = quoted("gpt-4.1", today=date(2026, 9, 1))
    stale = quoted("gpt-4.1", today=date(2026, 11, 21))
    assert any(note.startswith("price of 2026-08-05 (") for note in fresh.notes)
    assert any(
        note.startswith("price of 2026-08-05, 108 days ago: check it (") for note in stale.notes
    )


def test_a_note_of_the_price_is_passed_on() -> None:
    model = load_model("babbage-002", vendor="azure")
    price = training_price("azure", model.name, tier="regional")
    assert price is not None
    found = quote(model, COUNTS, THREE, price=price, today=TODAY)
    assert price.note
    assert price.note in found.notes


def test_what_is_cut_or_not_counted_is_said() -> None:
    found = quoted("gpt-4.1", over_cap=4, unanswered=3, tool_rows=1)
    assert found.truncated_rows == 4
    assert "examples cut at the token limit: 4, of them before any trained token: 3" in found.notes
    assert any(note.startswith("examples with tool definitions: 1, ") for note in found.notes)
    assert "examples cut at the token limit: 1" in quoted("gpt-4.1", over_cap=1).notes
    quiet = quoted("gpt-4.1").notes
    assert not any("cut" in note or "images" in note or "tool" in note for note in quiet)


def test_where_all_tokens_are_trained_it_says_how_many_are_in_answers() -> None:
    model = load_model("gpt-4.1", vendor="openai")

    def notes(trained: int, *, all_of_them: bool = True) -> tuple[str, ...]:
        counts = {"rows": 2, "tokens": 1_000, "billed": 1_000, "trained": trained}
        kind = {"price": None, "today": TODAY}
        return quote(model, counts, THREE, **kind, trains_on_all=all_of_them).notes  # type: ignore[arg-type]

    said = "all tokens are trained by default; 100 of 1,000 an epoch are in answers"
    assert said in notes(100)
    assert said not in notes(100, all_of_them=False)
    assert not any("trained by default" in note for note in notes(1_000))  # plain text


def test_a_quote_is_a_value() -> None:
    assert quoted("gpt-4.1") == quoted("gpt-4.1")
    assert hash(quoted("gpt-4.1")) == hash(quoted("gpt-4.1"))
    assert replace(quoted("gpt-4.1"), rows=1) != quoted("gpt-4.1")


@pytest.mark.shared_data
def test_the_golden_bill_is_priced() -> None:
    model = load_model("gpt-3.5-turbo-1106", vendor="openai")
    count = counter(model.encoding or "")
    tally: Counter[str] = Counter()
    with shared_file("token_counts/fine_tuning_13_rows.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            tally_row(tally, row_tokens(json.loads(line), count), model.max_tokens)
    price = training_price("openai", model.name)
    seven = EpochAdvice(7, "stated", "the bill", certain=True)
    found = quote(model, tally, seven, price=price, today=TODAY)
    assert found.training_tokens == 4445
    assert found.cost == Decimal("0.03556")
