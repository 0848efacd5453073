"""The reference: tiktoken itself, and a way around the texts that it cannot take or takes badly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from ftdata.tokens.vocabulary import load_encoding
from ftdata.tokens.whitespace_runs import count_around_runs, count_by_pieces

#: Chat data repeats its system prompts and tool results: agent logs count at twice the speed with a
#: memory, data that repeats nothing a few percent slower. At most 16 million characters are kept.
_REMEMBERED_TEXTS = 1024
_REMEMBERED_CHARACTERS = 16_384
#: Longer text is counted in slices: tiktoken's list of tokens takes some ten bytes a character.
_SLICE_CHARACTERS = 200_000
#: A slice without a place to cut is longer than that; above this it is searched for whitespace runs.
_LONGEST_RUN = 500_000


@lru_cache(maxsize=8)
def reference_counter(encoding: str) -> Callable[[str], int]:
    """Gives the function that counts the tokens of a text with tiktoken.

    Raises UnknownName or VocabularyUnavailable.
    """
    return sliced_counter(encoding, slice_characters=_SLICE_CHARACTERS, longest_run=_LONGEST_RUN)


def sliced_counter(
    encoding: str, *, slice_characters: int, longest_run: int
) -> Callable[[str], int]:
    """As `reference_counter`, with its limits: neither changes the count, as a law test demands."""
    encode = load_encoding(encoding).encode_ordinary

    def count_part(text: str) -> int:
        try:
            if len(text) <= longest_run:
                return len(encode(text))
            return count_around_runs(text, encoding, longest_run=longest_run)
        except BaseException as panic:
            # What Rust panics with derives from BaseException; nothing but its name tells it.
            if type(panic).__name__ != "PanicException":
                raise
            return count_by_pieces(text, encoding)

    remembered = lru_cache(maxsize=_REMEMBERED_TEXTS)(count_part)

    def count(text: str) -> int:
        length = len(text)
        if length <= _REMEMBERED_CHARACTERS and length <= slice_characters:
            return remembered(text)
        return sum(map(count_part, slices(text, slice_characters)))

    return count


def slices(text: str, length: int) -> Iterator[str]:
    """Cuts text at borders of tiktoken's pieces, into parts of about `length` characters (>= 1).

    A space after something that is no whitespace always starts a piece. Where there is none the part
    is longer.
    """
    start = 0
    while start < len(text):
        end = _border(text, start + length)
        yield text[start:end]
        start = end


def _border(text: str, place: int) -> int:
    """The first sure border at or after `place`."""
    while (place := text.find(" ", place)) >= 0 and text[place - 1].isspace():
        place += 1
    return len(text) if place < 0 else place
