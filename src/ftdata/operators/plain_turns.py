"""Lines for the rows of a table whose turns are known by its columns, many at once.

They are what the layout and the renderer would make of each row. What is not certain is left to those.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, compress
from operator import itemgetter

import orjson

from ftdata.model import Example, Fault, Layout, LayoutOptions, Renderer, TextTurn
from ftdata.operators.writing import to_json

#: Between two texts of a JSON array. It is nowhere else: within a text, each quote has a backslash before it.
_BETWEEN = b'","'


def plain_turns(
    layout: Layout, options: LayoutOptions, renderer: Renderer, columns: Sequence[str]
) -> PlainTurns | None:
    """Gives what writes rows with these columns, or None where each row has to be looked at."""
    turns = layout.turns(columns, options) if layout.turns and renderer.verbatim else None
    return PlainTurns(columns, turns, renderer) if turns else None


class PlainTurns:
    """The texts of a table's rows, and the line around them."""

    def __init__(
        self, columns: Sequence[str], turns: Sequence[TextTurn], renderer: Renderer
    ) -> None:
        places = {column: place for place, column in enumerate(columns)}
        self._turns = [(turn.text, [places[name] for name in turn.columns]) for turn in turns]
        self._line = _line_around([turn.role for turn in turns], renderer)

    def lines(self, rows: Sequence[list[str] | Fault]) -> tuple[list[bytes], Sequence[int]]:
        """Gives the lines of the rows that are certain, in order, and the positions of the others."""
        whole = [cells for cells in rows if not isinstance(cells, Fault)]
        texts = self._texts(whole)
        uncertain: Sequence[int] = ()
        if len(whole) < len(rows) or not all(map(str.strip, chain.from_iterable(texts))):
            filled = [all(map(str.strip, row)) for row in zip(*texts, strict=True)]
            texts = [[*compress(column, filled)] for column in texts]
            flags = iter(filled)
            is_uncertain = (isinstance(cells, Fault) or not next(flags) for cells in rows)
            uncertain = [place for place, is_so in enumerate(is_uncertain) if is_so]
        try:
            written = orjson.dumps([*chain.from_iterable(zip(*texts, strict=True))])
        except TypeError:  # a lone surrogate
            return [], range(len(rows))
        if len(uncertain) == len(rows):
            return [], uncertain
        of_one_row = zip(*[iter(written[2:-2].split(_BETWEEN))] * len(texts), strict=True)
        return [*map(self._line.__mod__, of_one_row)], uncertain

    def _texts(self, rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
        """Of each turn the texts in all rows."""
        texts: list[Sequence[str]] = []
        for make, places in self._turns:
            columns = [[*map(itemgetter(place), rows)] for place in places]
            if make is None:
                texts += columns
            else:
                texts.append([*map(make, *columns)] if columns else [make()] * len(rows))
        return texts


def _line_around(roles: Sequence[str], renderer: Renderer) -> bytes:
    """A line of turns with these roles, with %b for what stands between the quotes of each text."""
    marks = [f"\x1atext {place}\x1a" for place in range(len(roles))]
    turns = zip(roles, marks, strict=True)
    example: Example = {"messages": [{"role": role, "content": mark} for role, mark in turns]}
    line = renderer.render(example)
    if isinstance(line, Fault):
        raise TypeError(f"the renderer {renderer.name} is not verbatim")
    around = to_json(line).replace(b"%", b"%%")
    for mark in marks:
        around = around.replace(orjson.dumps(mark)[1:-1], b"%b")
    return around
