"""Counters that are faster than tiktoken, and where they are known to count the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from ftdata.catalog.catalog_file import catalog_names, read_catalog_file

#: First and last code point, both of them included.
CodePoints = tuple[int, int]


@dataclass(frozen=True)
class CounterFacts:
    """A counter by the name of its package, and the texts that show whether it counts as it did.

    differing: code points that it takes otherwise than tiktoken does
    unassigned: code points that Unicode assigns nothing to, as far as tiktoken knows it
    self_test: each text with its number of tokens, by encoding
    """

    name: str
    title: str
    source: str
    checked: date
    differing: tuple[CodePoints, ...]
    unassigned: tuple[CodePoints, ...]
    self_test: Mapping[str, tuple[tuple[str, int], ...]]


def counter_names() -> list[str]:
    """The counters that are known, tiktoken itself apart."""
    return catalog_names("counters")


@lru_cache(maxsize=4)
def counter_facts(name: str) -> CounterFacts:
    """Reads one counter; raises UnknownName."""
    table = read_catalog_file("counters", name, kind="counter")
    for key in ("differing", "unassigned"):
        table[key] = tuple(_code_points(table[key]))
    return CounterFacts(**{**table, "self_test": _self_test(table["self_test"])})


def _code_points(text: str) -> Iterator[CodePoints]:
    """Reads "088F 0C5C-0C5F"."""
    for word in text.split():
        first, _, last = word.partition("-")
        yield int(first, 16), int(last or first, 16)


def _self_test(table: dict[str, Any]) -> dict[str, tuple[tuple[str, int], ...]]:
    return {
        encoding: tuple(zip(table["texts"], tokens, strict=True))
        for encoding, tokens in table["tokens"].items()
    }
