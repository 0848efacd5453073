"""The smallest pieces that a document is put together from when it is cut into chunks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ftdata.layouts.document import Line

#: A paragraph that is longer (in characters) is handed on in parts, cut between lines.
_MAX_PARAGRAPH = 64 * 1024
_MAX_BLANKS = 1000

#: The places where sentences end; a line end counts as one.
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]{0,8}\s+|[。！？][\"”’」』）]{0,8}\s*|\n\s*")

_GAP = re.compile(r"\s(?=\S)")


class Atom(NamedTuple):
    """Text with the white space behind it, from the numbered line on; its tokens without that space."""

    number: int
    text: str
    tokens: int


def atoms_of(lines: Iterable[Line], limit: int, count: Callable[[str], int]) -> Iterator[Atom]:
    """Gives paragraphs, and in place of one that is longer than `limit` tokens its sentences.

    A sentence that is longer still is halved between words until its parts have an eighth of the limit at
    most, a word between characters. Only a single character can have more tokens than the limit.
    """
    for number, text in _paragraphs(lines):
        atom = _atom(number, text, count)
        if atom.tokens <= limit:
            yield atom
            continue
        for below, sentence in _sentences(text):
            atom = _atom(number + below, sentence, count)
            if atom.tokens <= limit:
                yield atom
            else:
                yield from _halves(atom, max(limit // 8, 1), limit, count)


def _atom(number: int, text: str, count: Callable[[str], int]) -> Atom:
    return Atom(number, text, count(trimmed(text)))


def trimmed(text: str) -> str:
    """Gives a chunk without blank lines before it and white space behind it; indents stay."""
    return text.lstrip("\r\n").rstrip()


def _paragraphs(lines: Iterable[Line]) -> Iterator[Line]:
    """Joins lines, up to the end of the blank ones behind them."""
    start, text, blanks, size, before = 0, list[str](), 0, 0, 0
    for number, line in lines:
        goes_on = number == before  # the line was too long for one piece
        begins = blanks > 0 and bool(line.strip()) and not goes_on
        if text and (begins or size > _MAX_PARAGRAPH or blanks > _MAX_BLANKS):
            yield start, "".join(text) if goes_on else "".join(text) + "\n"
            text, blanks, size = [], 0, 0
        elif text and not goes_on:
            text.append("\n")
        if not text:
            start = number
        text.append(line)
        blanks += not line.strip()
        size += len(line)
        before = number
    if text:
        yield start, "".join(text)


def _sentences(text: str) -> Iterator[Line]:
    """Gives each sentence with the number of line ends before it."""
    begin = below = 0
    for match in _SENTENCE.finditer(text):
        sentence = text[begin : match.end()]
        yield below, sentence
        below += sentence.count("\n")
        begin = match.end()
    if begin < len(text):
        yield below, text[begin:]


def _halves(atom: Atom, wanted: int, limit: int, count: Callable[[str], int]) -> Iterator[Atom]:
    text, gap = atom.text, _gap(atom.text)
    if len(text) == 1 or atom.tokens <= (limit if gap is None else wanted):
        yield atom
        return
    middle = gap or len(text) // 2
    for half in (text[:middle], text[middle:]):
        yield from _halves(_atom(atom.number, half, count), wanted, limit, count)


def _gap(text: str) -> int | None:
    """The place between two words that is next to the middle, or None within a single word."""
    after = _GAP.search(text, len(text) // 2)
    if after is not None:
        return after.end()
    before = text.rfind(" ", 1, len(text) // 2)
    return before + 1 if text[:before].strip() else None
