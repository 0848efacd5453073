"""Text with the cells of a row in it: "Title: {title}", with {{ and }} for the braces themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from ftdata.errors import UsageError
from ftdata.layouts.cells import cell_text, filled, pointer_to
from ftdata.model import LayoutOptions, TextTurn

_PIECES = re.compile(r"\{\{|\}\}|\\[nt\\]|\{([^{}]*)\}|[^{}\\]+|.", re.DOTALL)
_WRITTEN = {"{{": "{", "}}": "}", "\\n": "\n", "\\t": "\t", "\\\\": "\\"}


class Piece(NamedTuple):
    """Some text, or the name of the column whose cell stands here."""

    text: str
    column: str | None = None


@lru_cache(maxsize=64)
def parse_template(template: str) -> tuple[Piece, ...]:
    r"""Cuts a template into its pieces. `\n`, `\t` and `\\` mean what they mean in Python.

    Raises UsageError for a brace without its partner, and for empty braces.
    """
    pieces: list[Piece] = []
    for match in _PIECES.finditer(template):
        written, column = match[0], match[1]
        if written in ("{", "}") or column == "":
            raise UsageError(
                f"template {template!r} has a stray {written!r} at character {match.start() + 1}; "
                "columns are named as {column}, braces are written as {{ and }}"
            )
        pieces.append(Piece("", column) if column else Piece(_WRITTEN.get(written, written)))
    return tuple(pieces)


def columns_in(template: str) -> list[str]:
    """The columns that a template names, in order. Raises UsageError like `parse_template`."""
    return [piece.column for piece in parse_template(template) if piece.column is not None]


def fill(
    pieces: tuple[Piece, ...], cells: Mapping[str, Any], role: str, options: LayoutOptions
) -> str:
    """Gives the text with the cells in place; `options.on_empty` says what an empty or absent one does."""
    return "".join(
        piece.text if piece.column is None else _cell(piece.column, cells, role, options)
        for piece in pieces
    )


def text_turn(role: str, pieces: tuple[Piece, ...], keys: Sequence[str]) -> TextTurn | None:
    """Gives the turn whose text `fill` makes of the cells of rows with these keys, where none is blank.

    None where one of the columns is not there.
    """
    columns = tuple(piece.column for piece in pieces if piece.column is not None)
    if not set(columns) <= set(keys):
        return None
    alone = len(pieces) == len(columns) == 1
    return TextTurn(role, columns, None if alone else partial(_filled_in, pieces))


def _filled_in(pieces: tuple[Piece, ...], *cells: str) -> str:
    """The text with the cells in place, or none at all if one of them is blank."""
    if not all(map(str.strip, cells)):
        return ""
    rest = iter(cells)
    return "".join(piece.text if piece.column is None else next(rest) for piece in pieces)


def _cell(column: str, cells: Mapping[str, Any], role: str, options: LayoutOptions) -> str:
    pointer = pointer_to(column)
    text = cell_text(cells.get(column), pointer)
    return filled(text, options, pointer, role=role, column=column)
