"""Counting law: however a text is cut to count it, the count is tiktoken's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from token_texts import texts

from ftdata.catalog.encoding_catalog import encoding_names
from ftdata.tokens.reference import sliced_counter, slices
from ftdata.tokens.vocabulary import load_encoding
from ftdata.tokens.whitespace_runs import count_around_runs, count_by_pieces

each_encoding = pytest.mark.parametrize("encoding", encoding_names())


@each_encoding
@settings(max_examples=1000, deadline=None)
@given(text=texts, longest_run=st.integers(1, 5))
def test_cutting_whitespace_runs_keeps_the_count(
    encoding: str, text: str, longest_run: int
) -> None:
    expected = len(load_encoding(encoding).encode_ordinary(text))
    assert count_around_runs(text, encoding, longest_run=longest_run) == expected


@each_encoding
@settings(max_examples=400, deadline=None)
@given(text=texts, slice_characters=st.integers(1, 9), longest_run=st.integers(1, 5))
def test_slicing_keeps_the_count(
    encoding: str, text: str, slice_characters: int, longest_run: int
) -> None:
    count = sliced_counter(encoding, slice_characters=slice_characters, longest_run=longest_run)
    assert count(text) == len(load_encoding(encoding).encode_ordinary(text))


@given(text=texts, length=st.integers(1, 9))
def test_the_slices_make_up_the_text(text: str, length: int) -> None:
    parts = list(slices(text, length))
    assert "".join(parts) == text
    assert all(len(part) >= length for part in parts[:-1])
    assert all(parts)


@each_encoding
@settings(max_examples=1000, deadline=None)
@given(
    text=texts.filter(lambda text: not set(text) & set("\u088f\u1acf\U000323b0")),
)
def test_counting_by_pieces_keeps_the_count(encoding: str, text: str) -> None:
    # The code points left out are of Unicode 17, which tiktoken's tables do not have yet.
    expected = len(load_encoding(encoding).encode_ordinary(text))
    assert count_by_pieces(text, encoding) == expected
