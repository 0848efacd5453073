"""Counts are tiktoken's: on a million texts, on real ones, and on those that tiktoken cannot take."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tiktoken

from ftdata.catalog.encoding_catalog import encoding_names
from ftdata.errors import UnknownName
from ftdata.tokens.counter import counter
from ftdata.tokens.reference import reference_counter, sliced_counter
from ftdata.tokens.vocabulary import export
from tests.shared_data import shared_file
from tests.unit.tokens.random_texts import random_texts

each_encoding = pytest.mark.parametrize("encoding", encoding_names())
each_counter = pytest.mark.parametrize("counter", [counter, reference_counter])
Counter = Callable[[str], Callable[[str], int]]


@pytest.fixture
def tiktokens_own(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tiktoken.Encoding:
    """What tiktoken itself gives by this name, from the files that we export."""
    export(tmp_path)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    return tiktoken.get_encoding(encoding)


@each_counter
@each_encoding
def test_special_tokens_count_as_text(encoding: str, counter: Counter) -> None:
    assert counter(encoding)("<|endoftext|>") == 7


@each_counter
@each_encoding
def test_an_empty_text_has_no_tokens(encoding: str, counter: Counter) -> None:
    assert counter(encoding)("") == 0


@each_counter
@each_encoding
def test_lone_surrogates_count_as_replacement_characters(encoding: str, counter: Counter) -> None:
    count = counter(encoding)
    assert count("a\ud800b") == count("a\ufffdb")
    assert count("\ud83d\ude00") == count("😀")


@each_encoding
@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("", "x"), ("word", "\n!"), ("!\n", "7"), ("漢", "\ud800")]
)
def test_a_million_spaces_are_counted_exactly(encoding: str, before: str, after: str) -> None:
    # tiktoken panics on them. 999,936 spaces are 7,812 tokens of the longest kind, 128 spaces.
    count = sliced_counter(encoding, slice_characters=200_000, longest_run=500_000)
    shorter = count(before + " " * 1024 + after)
    assert count(before + " " * (1024 + 999_936) + after) == shorter + 7812


@pytest.mark.parametrize(
    "blank", ["\t", "\xa0", "\u3000", " \n", "\r\n", "\n", "a", "漢", "\u0301"]
)
@each_counter
def test_a_long_run_of_anything_is_counted(blank: str, counter: Counter) -> None:
    assert counter("o200k_base")(blank * 600_000 + "x") > 0


def test_a_panic_does_not_escape(capfd: pytest.CaptureFixture[str]) -> None:
    unguarded = sliced_counter("o200k_base", slice_characters=2**30, longest_run=2**30)
    text = " " * 1_000_000 + "\ud800"
    assert unguarded(text) == counter("o200k_base")(text)
    assert "panicked" in capfd.readouterr().err  # so this text still makes tiktoken panic


@each_counter
def test_other_errors_are_not_taken_for_a_panic(counter: Counter) -> None:
    with pytest.raises(TypeError):
        counter("o200k_base")(b"bytes")  # type: ignore[arg-type]


def test_an_encoding_outside_the_catalog_is_an_unknown_name() -> None:
    with pytest.raises(UnknownName, match="cl100k_base"):
        counter("cl100k")


@each_encoding
def test_counts_equal_tiktokens_on_random_texts(
    encoding: str, tiktokens_own: tiktoken.Encoding
) -> None:
    assert differing(encoding, tiktokens_own, random_texts(20_000, seed=1)) == []


@pytest.mark.slow
@each_encoding
def test_counts_equal_tiktokens_on_a_million_random_texts(
    encoding: str, tiktokens_own: tiktoken.Encoding
) -> None:
    assert differing(encoding, tiktokens_own, random_texts(1_000_000, seed=2)) == []


@pytest.mark.slow
@pytest.mark.shared_data
@each_encoding
def test_counts_equal_tiktokens_on_every_real_text(
    encoding: str, tiktokens_own: tiktoken.Encoding
) -> None:
    texts = list(real_texts(shared_file("")))
    assert len(texts) > 10_000
    assert differing(encoding, tiktokens_own, iter(texts)) == []


def differing(encoding: str, reference: tiktoken.Encoding, texts: Iterator[str]) -> list[str]:
    count, encode = counter(encoding), reference.encode_ordinary
    return [text for text in texts if count(text) != len(encode(text))]


def real_texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".json", ".jsonl", ".csv", ".txt", ".md"}:
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                yield line
                yield from strings_in(line)


def strings_in(line: str) -> Iterator[str]:
    try:
        values: list[Any] = [json.loads(line)]
    except (ValueError, RecursionError):
        return
    while values:
        value = values.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            values.extend(value.values())
        elif isinstance(value, list):
            values.extend(value)
