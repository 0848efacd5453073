"""Counts text that holds whitespace runs too long for tiktoken, exactly.

tiktoken 0.14 panics on a run of 999,999 whitespace characters or more, where its pattern backtracks
one step a character. So the run is cut into pieces here, with the same pattern in another engine
(`regex`), and tiktoken is given each piece, and what stands between the runs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ftdata.catalog.encoding_catalog import encoding_facts
from ftdata.tokens.vocabulary import load_encoding

if TYPE_CHECKING:
    import tiktoken

#: Unicode's White_Space, which is what \s means to tiktoken. str.isspace() takes U+001C to 1F as well.
_BLANKS = "\t\x0b\x0c \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"


def count_around_runs(text: str, encoding: str, *, longest_run: int) -> int:
    """Counts tokens; tiktoken sees no whitespace run of more than `longest_run` characters (>= 1).

    A piece starts where the last one ended, whatever stands before it. So the count of a text is the
    sum of the counts on both sides of any border between two pieces.
    """
    import regex

    tiktoken_encoding = load_encoding(encoding)
    pattern = _pattern(encoding)
    total = start = 0
    for run in regex.finditer(rf"[\r\n{_BLANKS}]{{{longest_run + 1},}}", text):
        end = run.start()
        if text[end] in "\r\n" and _swallows_newlines(text[start:end], encoding):
            end = regex.compile(r"[\r\n]*").match(text, end).end()
            if end == run.end():
                continue  # newlines only: they do no harm, and their piece may go on ("!\n\n//")
        total += len(tiktoken_encoding.encode_ordinary(text[start:end]))
        start = end
        # The last character of the run may belong to the word after it: it goes with the rest.
        while start < run.end() - 1:
            end = pattern.match(text, start).end()
            total += len(tiktoken_encoding._encode_single_piece(text[start:end]))
            start = end
    return total + len(tiktoken_encoding.encode_ordinary(text[start:]))


def count_by_pieces(text: str, encoding: str) -> int:
    """Counts tokens without tiktoken's pattern: slower, for text on which it panics all the same."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # as tiktoken does
    encode_piece = load_encoding(encoding)._encode_single_piece
    return sum(len(encode_piece(piece.group())) for piece in _pattern(encoding).finditer(text))


def _swallows_newlines(text: str, encoding: str) -> bool:
    """True if newlines after `text`, which starts at a border, belong to its last piece."""
    import regex

    # A blank before other text starts a piece: what stands before it decides nothing.
    near = regex.compile(rf"(?r)[{_BLANKS}][^\s]*+\Z").search(text)
    tokens = _border_finder(encoding).encode_ordinary((near.group() if near else text) + "\n")
    return tokens[-1] >= 256


@lru_cache(maxsize=8)
def _pattern(encoding: str) -> Any:
    import regex

    return regex.compile(encoding_facts(encoding).pattern)


@lru_cache(maxsize=8)
def _border_finder(encoding: str) -> tiktoken.Encoding:
    """An encoding with the same pattern that joins a newline to any byte before it in its piece.

    So tiktoken itself says where it sees a border, with its own tables of letters and marks.
    """
    import tiktoken

    ranks = {bytes([byte]): byte for byte in range(256)}
    ranks |= {bytes([byte, 0x0A]): 256 + byte for byte in range(256)}
    pattern = encoding_facts(encoding).pattern
    return tiktoken.Encoding(
        f"{encoding}-borders", pat_str=pattern, mergeable_ranks=ranks, special_tokens={}
    )
