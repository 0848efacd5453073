"""Text -> number of tokens: exactly as many as tiktoken's `encode_ordinary` gives."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock

from ftdata.catalog.counter_catalog import counter_names
from ftdata.catalog.encoding_catalog import encoding_facts, encoding_names
from ftdata.errors import UnknownName
from ftdata.tokens.fast_counter import PACKAGE, Counting, fast_counter
from ftdata.tokens.reference import reference_counter

#: The environment variable that says who counts: the name of a fast counter, which is the default, or
#: that of the reference.
VARIABLE = "FTDATA_COUNTER"
_REFERENCE = "tiktoken"

_CHOOSING = Lock()


@lru_cache(maxsize=8)
def counter(encoding: str) -> Callable[[str], int]:
    """Gives the function that counts the tokens of a text.

    Special tokens in the text count as the ordinary text that they are; lone surrogates count as
    U+FFFD. Raises UnknownName; VocabularyUnavailable, too, but where there is a fast counter only once a
    text needs the reference.
    """
    encoding_facts(encoding)  # so that an unknown name is one, whoever counts
    fast, _ = _choice(encoding)
    return fast.one if fast else reference_counter(encoding)


@lru_cache(maxsize=8)
def total_counter(encoding: str) -> Callable[[Sequence[str]], int]:
    """Gives the function that counts the tokens of several texts at once: the sum over all of them.

    Faster than one after the other where texts are short. Raises what `counter` does.
    """
    count = counter(encoding)
    fast, _ = _choice(encoding)
    return fast.total if fast else lambda texts: sum(map(count, texts))


def counters_in_use() -> str:
    """Says who counts, and why, in one line. Loads the fast counter, as counting does."""
    encodings: dict[str, list[str]] = {}
    for encoding in encoding_names():
        encodings.setdefault(_choice(encoding)[1], []).append(encoding)
    if len(encodings) == 1:
        return f"tokens counted by {next(iter(encodings))}"
    parts = [f"{' and '.join(names)} by {choice}" for choice, names in encodings.items()]
    return f"tokens counted: {'; '.join(parts)}"


def _choice(encoding: str) -> tuple[Counting | None, str]:
    """The fast counter if it is to be used, and who counts."""
    with _CHOOSING:  # two threads would otherwise both load
        return _choose(encoding)


@lru_cache(maxsize=8)
def _choose(encoding: str) -> tuple[Counting | None, str]:
    asked = os.environ.get(VARIABLE) or PACKAGE
    if asked == _REFERENCE:
        return None, f"{_with_version(_REFERENCE)}: {VARIABLE} asks for it"
    if asked not in counter_names():
        raise UnknownName(f"counter in {VARIABLE}", asked, [_REFERENCE, *counter_names()])
    try:
        fast = fast_counter(encoding, lambda text: reference_counter(encoding)(text))
    except ModuleNotFoundError:
        return None, f"{_with_version(_REFERENCE)}: {PACKAGE} is not installed"
    except Exception as fault:  # whatever it is, the count must go on, and stay exact
        reason = f"{_with_version(PACKAGE)} failed its self-test ({fault})"
        _warn(f"{reason}; {_REFERENCE} counts instead, which is slower")
        return None, f"{_with_version(_REFERENCE)}: {reason}"
    return fast, f"{_with_version(PACKAGE)}, reference {_with_version(_REFERENCE)}"


def _warn(text: str) -> None:
    import logging

    logging.getLogger("ftdata").warning(text)


def _with_version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:  # copied somewhere, not installed
        return package
