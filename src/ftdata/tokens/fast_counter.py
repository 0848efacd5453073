"""toktok-rs, which counts several times as fast as tiktoken, for texts on which the two agree."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple

from ftdata.catalog.counter_catalog import CodePoints, CounterFacts, counter_facts

#: The package, by its name in the registry and in the catalog.
PACKAGE = "toktok-rs"

#: A call costs half a microsecond, which the names of roles need not pay again and again. To remember
#: longer texts gains nothing that can be measured.
_REMEMBERED_TEXTS = 256
_REMEMBERED_CHARACTERS = 64

_SURROGATES = (0xD800, 0xDFFF)  # a lone one cannot be handed to the fast counter
_BEYOND = (sys.maxunicode + 1, sys.maxunicode + 1)


class Differs(Exception):
    """The installed version does not count as it did when it was compared with tiktoken."""


class Counting(NamedTuple):
    """Two ways to the same count: the tokens of a text, and the sum of those of several texts."""

    one: Callable[[str], int]
    total: Callable[[Sequence[str]], int]


def fast_counter(encoding: str, reference: Callable[[str], int]) -> Counting:
    """Gives the functions that count the tokens of texts; `reference` counts what is not proven.

    Raises ModuleNotFoundError where the package is not installed, and Differs, or whatever the package
    raises, if it fails its self-test. Loading takes 0.15 s (cl100k) to 0.5 s (o200k) of CPU time.
    """
    facts = counter_facts(PACKAGE)
    if encoding not in facts.self_test:
        raise Differs(f"{encoding} was not compared")
    count = _bare_counter(encoding)
    _self_test(count, encoding, facts)
    agreeing = _agreeing((*facts.differing, *facts.unassigned))

    def guarded(text: str) -> int:
        if text.isascii() or agreeing(text) == len(text):
            return count(text)
        return reference(text)

    remembered = lru_cache(maxsize=_REMEMBERED_TEXTS)(guarded)

    def counted(text: str) -> int:
        return remembered(text) if len(text) <= _REMEMBERED_CHARACTERS else guarded(text)

    def total(texts: Sequence[str]) -> int:
        doubtful = "".join(filterfalse(str.isascii, texts))
        proven = not doubtful or agreeing(doubtful) == len(doubtful)
        return sum(map(count if proven else guarded, texts))

    return Counting(counted, total)


def _bare_counter(encoding: str) -> Callable[[str], int]:
    import toktok

    try:
        # What the package's functions call, in half the time of `truncate`, which measures the text as well.
        count: Callable[[str], int] = toktok._encoding(encoding).count
    except AttributeError:
        # To count one text, `batch_count` takes 35 microseconds more than `truncate` to a length that no
        # text has.
        return lambda text: int(toktok.truncate(text, sys.maxsize, encoding)[1])
    return count


def _self_test(count: Callable[[str], int], encoding: str, facts: CounterFacts) -> None:
    for text, tokens in facts.self_test[encoding]:
        counted = count(text)
        if counted != tokens:
            raise Differs(f"{counted} tokens of {encoding} where tiktoken counts {tokens}")


@lru_cache(maxsize=4)
def _agreeing(excepted: tuple[CodePoints, ...]) -> Callable[[str], int]:
    """Says how many characters at the start of a text are none of these."""
    ranges = list(_between(excepted))
    # A class of what agrees is searched at 300 to 1000 MB/s, one of what does not at 3: `re` looks a
    # character below U+10000 up in a table, others in one range after the other. So wide ones come first.
    ranges.sort(key=lambda points: points[0] - points[1])
    letters = "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in ranges)
    match = re.compile(f"[{letters}]*").match
    return lambda text: match(text).end()  # type: ignore[union-attr]


def _between(excepted: Iterable[CodePoints]) -> Iterator[CodePoints]:
    """The ranges that these leave of all code points."""
    start = 0
    for first, last in sorted([*excepted, _SURROGATES, _BEYOND]):
        if first > start:
            yield start, first - 1
        start = last + 1
