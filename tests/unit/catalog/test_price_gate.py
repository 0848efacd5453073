"""The gate lets credible prices through, and names what is wrong with the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ftdata.catalog.price_gate import price_faults
from ftdata.model import Price

DAY = date(2026, 8, 5)


def price(kind: Any = "inference", tier: str = "global", **more: Any) -> Price:
    amounts = {key: Decimal(value) for key, value in more.items() if key.startswith("usd_")}
    return Price("m", "v", kind, tier, DAY, "a page of 2026", DAY, **{**more, **amounts})


def tuned(entered: str, cached: str, said: str, **more: Any) -> Price:
    return price(
        usd_per_million_input_tokens=entered,
        usd_per_million_cached_input_tokens=cached,
        usd_per_million_output_tokens=said,
        **more,
    )


USUAL = tuned("2.5", "1.25", "10")


@pytest.mark.parametrize(
    "prices",
    [
        [USUAL],
        [tuned("1", "1", "1")],
        [USUAL, tuned("7.5", "3.75", "30", tier="regional", region="a")],
        [USUAL, tuned("0.9", "0.5", "3.4", tier="developer")],
        [price("hosting", usd_per_hour="0", note="there is no fee")],
        [price("training", methods=("sft",), usd_per_million_tokens="3"), USUAL],
        [price("training", methods=("sft",), unknown=True, note="not found")],
        [
            replace(USUAL, until=date(2026, 9, 1)),
            replace(USUAL, as_of=date(2026, 9, 1), checked=date(2026, 9, 1)),
        ],
        [replace(USUAL, gpu="a"), replace(USUAL, gpu="b")],
    ],
)
def test_credible_prices_pass(prices: list[Price]) -> None:
    assert price_faults(prices) == []


@pytest.mark.parametrize(
    ("prices", "index", "key", "found", "allowed"),
    [
        # The two errors in Azure's list of 2026-08-11.
        (
            [USUAL, tuned("1.375", "44", "2.75", tier="developer")],
            *(1, "usd_per_million_cached_input_tokens", "44"),
            "no more than usd_per_million_input_tokens, which is 1.375",
        ),
        (
            [tuned("0.15", "0.075", "0.6"), tuned("5.5", "11", "11", tier="developer")],
            *(1, "usd_per_million_cached_input_tokens", "11"),
            "no more than usd_per_million_input_tokens, which is 5.5",
        ),
        (
            [tuned("0.15", "0.075", "0.6"), tuned("5.5", "5", "11", tier="developer")],
            *(1, "usd_per_million_input_tokens", "5.5"),
            "within 3 times of the global price, which is 0.15",
        ),
        (
            [tuned("11", "1", "10")],
            *(0, "usd_per_million_input_tokens", "11"),
            "no more than usd_per_million_output_tokens, which is 10",
        ),
        # Cached input above output, where input is not listed.
        (
            [price(usd_per_million_cached_input_tokens="2", usd_per_million_output_tokens="1")],
            *(0, "usd_per_million_cached_input_tokens", "2"),
            "no more than usd_per_million_output_tokens, which is 1",
        ),
        (
            [
                price("hosting", usd_per_hour="1.7"),
                price("hosting", "regional", region="a", usd_per_hour="17"),
            ],
            *(1, "usd_per_hour", "17"),
            "within 3 times of the global price, which is 1.7",
        ),
        (
            [price("training", methods=("sft",), usd_per_million_tokens="0")],
            *(0, "usd_per_million_tokens", "0"),
            "more than 0, or a note that says why it is free",
        ),
        (
            [
                price(
                    "training",
                    methods=("sft",),
                    usd_per_million_tokens="9",
                    most_usd_per_million_tokens=Decimal(8),
                )
            ],
            *(0, "most_usd_per_million_tokens", "8"),
            "no less than 9, its beginning",
        ),
        (
            [replace(USUAL, checked=date(2026, 8, 4))],
            *(0, "as_of", "2026-08-05"),
            "no later than checked, which is 2026-08-04",
        ),
        (
            [replace(USUAL, until=date(2026, 8, 4))],
            *(0, "until", "2026-08-04"),
            "no sooner than as_of, 2026-08-05",
        ),
        (
            [USUAL, USUAL],
            *(1, "as_of", "2026-08-05"),
            "one price a day: the one of 2026-08-05 needs an until",
        ),
    ],
)
def test_what_cannot_be_is_named(
    prices: list[Price], index: int, key: str, found: str, allowed: str
) -> None:
    first = price_faults(prices)[0]
    assert (first.index, first.key, first.found, first.allowed) == (index, key, found, allowed)


def test_what_is_marked_suspect_is_passed_over_and_is_no_measure_for_others() -> None:
    wrong = tuned("1", "44", "2", suspect=True)
    assert price_faults([wrong]) == []
    assert price_faults([wrong, tuned("100", "50", "200", tier="developer")]) == []
