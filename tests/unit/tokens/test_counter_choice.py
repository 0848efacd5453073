"""Who counts: the fast counter where it is installed and counts as it did, else tiktoken."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from ftdata.catalog.counter_catalog import counter_facts, counter_names
from ftdata.catalog.encoding_catalog import encoding_names
from ftdata.errors import UnknownName
from ftdata.tokens import counter as choosing
from ftdata.tokens.counter import VARIABLE, counter, counters_in_use
from ftdata.tokens.fast_counter import Differs, fast_counter
from ftdata.tokens.reference import reference_counter
from tests.unit.catalog.test_money_files import faults, read


@pytest.fixture(autouse=True)
def new_choice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Chooses anew, as a new process would."""
    monkeypatch.delenv(VARIABLE, raising=False)
    clear()
    yield
    clear()


def clear() -> None:
    choosing.counter.cache_clear()
    choosing._choose.cache_clear()


def another_toktok(truncate: Any) -> ModuleType:
    """A version of the package that counts otherwise."""
    module = ModuleType("toktok")
    module.truncate = truncate  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize("name", counter_names())
def test_a_counter_fits_its_schema_and_is_named_after_its_file(name: str) -> None:
    table = read("counters", name)
    assert not faults("counter", table)
    assert table["name"] == name
    assert set(table["self_test"]["tokens"]) == set(encoding_names())


@pytest.mark.parametrize("encoding", encoding_names())
def test_the_numbers_of_the_self_test_are_tiktokens(encoding: str) -> None:
    tokens = dict(counter_facts("toktok-rs").self_test[encoding])
    assert tokens == {text: reference_counter(encoding)(text) for text in tokens}
    assert sum(len(text.encode()) for text in tokens) > 1000


def test_the_fast_counter_is_in_use_where_it_is_installed() -> None:
    pytest.importorskip("toktok")
    assert counters_in_use().startswith("tokens counted by toktok-rs 0.")
    assert ", reference tiktoken 0." in counters_in_use()
    assert counter("o200k_base") is not reference_counter("o200k_base")


def test_without_the_fast_counter_tiktoken_counts(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "toktok", None)
    assert counter("o200k_base") is reference_counter("o200k_base")
    assert counters_in_use().endswith(": toktok-rs is not installed")
    assert not caplog.records  # it is nothing unusual


def test_the_environment_can_ask_for_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "tiktoken")
    assert counter("o200k_base") is reference_counter("o200k_base")
    assert counters_in_use().endswith(": FTDATA_COUNTER asks for it")


def test_the_environment_cannot_ask_for_what_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "tiktokn")
    with pytest.raises(UnknownName, match="did you mean tiktoken"):
        counter("o200k_base")


@pytest.mark.parametrize(
    ("truncate", "reason"),
    [
        (lambda text, _limit, _encoding: (text, len(text)), "tokens of o200k_base where tiktoken"),
        (lambda text, _limit: text, "positional argument"),
    ],
    ids=["other counts", "another signature"],
)
def test_a_fast_counter_that_fails_its_self_test_is_not_used(
    truncate: Any,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setitem(sys.modules, "toktok", another_toktok(truncate))
    assert counter("o200k_base") is reference_counter("o200k_base")
    assert reason in caplog.text
    assert "tiktoken counts instead" in caplog.text
    assert "failed its self-test" in counters_in_use()


def test_counters_that_differ_by_encoding_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(counter_facts("toktok-rs").self_test["o200k_base"])
    half = another_toktok(lambda text, _limit, _encoding: (text, known[text]))
    monkeypatch.setitem(sys.modules, "toktok", half)
    said = counters_in_use()
    assert said.startswith("tokens counted: cl100k_base by tiktoken ")
    assert "; o200k_base by toktok-rs " in said


def test_an_encoding_that_was_not_compared_is_left_to_the_reference() -> None:
    pytest.importorskip("toktok")
    with pytest.raises(Differs, match="p50k_base was not compared"):
        fast_counter("p50k_base", len)


def test_only_what_is_not_proven_goes_to_the_reference() -> None:
    pytest.importorskip("toktok")
    asked: list[str] = []
    count, total = fast_counter("o200k_base", lambda text: len(asked.append(text) or text))
    for text in ("hello", "Ça été 漢字 😀 한국어", " " * 9, "a" * 99, "é" * 99, ""):
        count(text)
    assert asked == []
    unproven = ["a\u088fb", "\ud800", "l'ſ'DBM", "\u0378", "漢" * 99 + "\U00033479", "\ufffe"]
    for text in unproven:
        assert count(text) == len(text)
    assert asked == unproven
    asked.clear()
    assert total(["é", "hello", *unproven]) == 2 + sum(map(len, unproven))
    assert asked == unproven


def test_a_package_without_metadata_is_named_without_a_version() -> None:
    assert choosing._with_version("no-such-package-here") == "no-such-package-here"
