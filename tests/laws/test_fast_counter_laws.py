"""Counting law: whoever counts, the count is tiktoken's; and the catalog knows where the counters differ."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import chain, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from token_texts import texts, units

from ftdata.catalog.counter_catalog import counter_facts
from ftdata.catalog.encoding_catalog import encoding_names
from ftdata.tokens.counter import counter, total_counter
from ftdata.tokens.reference import reference_counter
from ftdata.tokens.vocabulary import load_encoding

#: Where it has no wheel, tiktoken counts everything, and there is nothing to compare.
toktok: Any = pytest.importorskip("toktok")

FACTS = counter_facts("toktok-rs")

each_encoding = pytest.mark.parametrize("encoding", encoding_names())

#: Every kind of character that a pattern of tiktoken tells from others, and what its endings are made of.
KINDS = [*"aAǅʰ漢\u03011½'sStDlLrEvm \n\r\t\xa0!/😀\x00\u200dİKßſ"]
LOOK_ALIKES = ["<|endoftext|>", "<|im_start|>", "<|endofprompt|>", "<|fim_prefix|>", "<|", "|>"]


@each_encoding
@settings(max_examples=1000, deadline=None)
@given(text=texts | st.lists(units | st.sampled_from(LOOK_ALIKES)).map("".join))
def test_random_texts_are_counted_as_tiktoken_does(encoding: str, text: str) -> None:
    assert counter(encoding)(text) == tiktokens(encoding, text)


@each_encoding
def test_every_short_text_of_every_kind_of_character_is_counted_as_tiktoken_does(
    encoding: str,
) -> None:
    short = map("".join, chain.from_iterable(product(KINDS, repeat=length) for length in (1, 2, 3)))
    assert differing(encoding, short, counter(encoding)) == []


@pytest.mark.slow
@each_encoding
def test_every_text_of_four_kinds_of_character_is_counted_as_tiktoken_does(encoding: str) -> None:
    assert differing(encoding, map("".join, product(KINDS, repeat=4)), counter(encoding)) == []


@pytest.mark.slow
@each_encoding
def test_every_code_point_is_counted_as_tiktoken_does(encoding: str) -> None:
    every = map(around, range(sys.maxunicode + 1))
    assert differing(encoding, every, counter(encoding)) == []


@each_encoding
def test_every_code_point_near_a_border_of_the_catalog_is_counted_as_tiktoken_does(
    encoding: str,
) -> None:
    borders = {
        point + offset
        for ends in (*FACTS.differing, *FACTS.unassigned)
        for point in ends
        for offset in (-1, 0, 1)
    }
    near = map(around, sorted(borders & set(range(sys.maxunicode + 1))))
    assert differing(encoding, near, counter(encoding)) == []


@each_encoding
@pytest.mark.parametrize(
    "unit", [*"aA \n\t\r\xa0漢\u03011!😀", "\r\n", " \n", "ab", "<|endoftext|>"]
)
@pytest.mark.parametrize("ends", [("", ""), ("x", "y"), ("!\n", " 7")], ids=ascii)
def test_a_long_run_is_counted_as_tiktoken_does(
    encoding: str, unit: str, ends: tuple[str, str]
) -> None:
    text = f"{ends[0]}{unit * 60_000}{ends[1]}"
    assert counter(encoding)(text) == reference_counter(encoding)(text)


@pytest.mark.slow
@each_encoding
@pytest.mark.parametrize("unit", [*"a \n=漢"])
def test_a_run_of_a_million_is_counted_as_the_reference_does(encoding: str, unit: str) -> None:
    text = f"{unit * 1_000_000}x"
    assert counter(encoding)(text) == reference_counter(encoding)(text)


def test_the_two_counters_differ_on_what_the_catalog_says() -> None:
    """Fails when one of them moves to newer tables: then renew differing and unassigned."""
    added = set(map(around, points(FACTS.differing) - {ord("ſ")}))
    assert set(differing("o200k_base", iter(added), bare("o200k_base"))) == added
    assert bare("o200k_base")("l'ſ'DBM") != tiktokens("o200k_base", "l'ſ'DBM")


@pytest.mark.slow
@each_encoding
def test_the_two_counters_agree_on_what_no_table_assigns(encoding: str) -> None:
    # Every sixteenth: Unicode gives no smaller block away.
    unassigned = map(around, sorted(points(FACTS.unassigned))[::16])
    assert differing(encoding, unassigned, bare(encoding)) == []


def around(point: int) -> str:
    """A code point beside everything that could go together with it."""
    c = chr(point)
    return f"a{c}b {c}C 1{c}2{c}{c} !{c}\n{c}'s \t{c}\u0301Aé{c}漢{c}  {c}\r\n\n{c}'LL{c}/"


def points(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    return {point for first, last in ranges for point in range(first, last + 1)}


def tiktokens(encoding: str, text: str) -> int:
    return len(load_encoding(encoding).encode_ordinary(text))


def bare(encoding: str) -> Callable[[str], int]:
    """The fast counter without its guard."""
    return lambda text: toktok.truncate(text, sys.maxsize, encoding)[1]


def differing(encoding: str, texts: Iterator[str], count: Callable[[str], int]) -> list[str]:
    encode = load_encoding(encoding).encode_ordinary
    return [text for text in texts if count(text) != len(encode(text))]


@each_encoding
@given(st.lists(texts, max_size=6))
@settings(max_examples=200, deadline=None)
def test_the_total_of_texts_is_the_sum_of_their_counts(encoding: str, some: list[str]) -> None:
    assert total_counter(encoding)(some) == sum(map(counter(encoding), some))
