"""Numbered lines of a document: looked at ahead, and never longer than memory allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from ftdata.layouts.cells import cut
from ftdata.model import Example, Fault

#: A line of a document: its 1-based number, and its text without the line end.
Line = tuple[int, str]

#: What a text layout gives: the number of the first line, and what became of it.
Piece = tuple[int, Example | Fault]

#: A single piece of text that is longer (in characters) is cut.
MAX_CHARACTERS = 1024 * 1024

_HEAD_LINES = 200


def look_ahead(lines: Iterable[Line]) -> tuple[list[str], Iterator[Line]]:
    """Gives the texts of the first lines, and all lines with these still among them.

    Lines are cut at a space where they are longer than `MAX_CHARACTERS`; the parts share a number.
    """
    numbered = _bounded(iter(lines))
    head = list(islice(numbered, _HEAD_LINES))
    return [text for _, text in head], chain(head, numbered)


def leftover(number: int, text: str) -> Piece:
    """Reports text that is in no example; it stands beside the rows."""
    params = {"text": cut(text)}
    return number, Fault("leftover-text", params, original=text, is_row=False)


def _bounded(lines: Iterator[Line]) -> Iterator[Line]:
    for number, text in lines:
        while len(text) > MAX_CHARACTERS:
            space = text.rfind(" ", MAX_CHARACTERS // 2, MAX_CHARACTERS)
            end = MAX_CHARACTERS if space < 0 else space
            yield number, text[:end]
            text = text[end:]
        yield number, text
