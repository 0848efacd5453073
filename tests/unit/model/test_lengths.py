"""A histogram of lengths: bounded, and at most one percent off."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.model import Lengths, bin_of, last_of


@given(st.integers(0, 10**12))
def test_a_bin_holds_its_lengths_and_is_narrow(length: int) -> None:
    first = bin_of(length)
    assert first <= length <= last_of(first)
    assert bin_of(last_of(first)) == first == bin_of(first)
    assert bin_of(last_of(first) + 1) == last_of(first) + 1
    assert last_of(first) - first <= first / 127


def test_there_are_few_bins() -> None:
    assert len({bin_of(length) for length in range(1_000_000)}) < 2_000


@given(st.lists(st.integers(0, 5_000), min_size=1), st.floats(0, 1))
def test_quantiles_are_at_most_one_percent_too_long(lengths: list[int], share: float) -> None:
    found = Lengths(Counter(map(bin_of, lengths)))
    ranked = sorted(lengths)
    exact = next(length for rank, length in enumerate(ranked, 1) if rank >= share * len(ranked))
    assert exact <= found.quantile(share) <= last_of(bin_of(exact))
    assert found.quantile(1) == found.longest
    assert found.total == len(lengths)


@given(st.lists(st.integers(0, 5_000)), st.integers(0, 6_000))
def test_rows_within_a_cap(lengths: list[int], cap: int) -> None:
    found = Lengths(Counter(map(bin_of, lengths)))
    assert found.within(cap) <= sum(length <= cap for length in lengths)
    assert found.within(last_of(bin_of(cap))) == sum(
        bin_of(length) <= bin_of(cap) for length in lengths
    )


def test_padding_by_hand() -> None:
    two = Lengths({10: 1, 100: 1})
    assert two.padded_tokens(1) == 110
    assert two.padded_tokens(2) == round(2 * (10 * 0.25 + 100 * 0.75))
    assert two.padded_tokens(2, cap=50) == round(2 * (10 * 0.25 + 50 * 0.75))
    assert Lengths({}).padded_tokens(8) == 0


def test_padding_is_what_random_batches_take() -> None:
    draw = random.Random(7)  # noqa: S311
    lengths = [int(draw.lognormvariate(5, 1)) for _ in range(4_000)]
    found = Lengths(Counter(map(bin_of, lengths))).padded_tokens(8)
    taken = 0
    for _ in range(20):
        draw.shuffle(lengths)
        taken += sum(8 * max(lengths[at : at + 8]) for at in range(0, len(lengths), 8))
    assert found == pytest.approx(taken / 20, rel=0.03)
