"""Laws of money: it follows from sums of integers, so the order and the split do not matter."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ftdata.costs.epochs import cookbook_epochs
from ftdata.costs.training import stated_price, training_cost
from ftdata.tokens.framing import RowTokens
from ftdata.tokens.images import NO_IMAGES, Images
from ftdata.tokens.tally import tally_row

amounts = st.integers(0, 10**6)
images = st.just(NO_IMAGES) | st.builds(Images, *[amounts] * len(NO_IMAGES))
row_tokens = st.builds(RowTokens, amounts, amounts, amounts, images, amounts, amounts)
caps = st.none() | st.integers(0, 10**6)
prices = st.decimals("0", "1000", places=4)


def tally(rows: list[RowTokens], cap: int | None) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        tally_row(counts, row, cap)
    return counts


def cost(tokens: int, epochs: int, price: Decimal) -> Decimal:
    found = training_cost(tokens, epochs, stated_price("v", "m", price, today=date(2026, 11, 21)))
    assert found is not None
    return found


@given(st.lists(row_tokens, max_size=8), st.integers(0, 8), caps)
def test_tallies_of_parts_add_up_to_the_tally_of_all(
    rows: list[RowTokens], cut: int, cap: int | None
) -> None:
    whole = tally(rows, cap)
    parts = tally(rows[cut:], cap) + tally(rows[:cut], cap)
    assert dict(parts) == dict(whole)  # to the key: reports are compared as they are written


@given(st.lists(row_tokens, max_size=8), caps)
def test_no_more_is_billed_than_there_is(rows: list[RowTokens], cap: int | None) -> None:
    counts = tally(rows, cap)
    assert 0 <= counts["billed"] <= counts["tokens"]
    assert counts["unanswered"] <= counts["over_cap"] <= counts["rows"] == len(rows)


@given(amounts, amounts, st.integers(1, 50), prices)
def test_costs_of_parts_add_up_to_the_digit(
    one: int, other: int, epochs: int, price: Decimal
) -> None:
    assert cost(one, epochs, price) + cost(other, epochs, price) == cost(one + other, epochs, price)
    assert cost(one, epochs, price) == sum(cost(one, 1, price) for _ in range(epochs))


@given(st.integers(0, 10**7))
def test_epochs_stay_within_their_bounds(examples: int) -> None:
    rule = {
        "target_epochs": 3,
        "min_target_examples": 100,
        "max_target_examples": 25_000,
        "min_epochs": 1,
        "max_epochs": 25,
    }
    epochs = cookbook_epochs(rule, examples)
    assert 1 <= epochs <= 25
    assert epochs <= 3 or examples * epochs <= 100
    assert epochs == 1 or examples * epochs <= 25_000
