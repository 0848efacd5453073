"""The system turn of an example, from wherever it was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ftdata.layouts.cells import cell_text, pointer_to
from ftdata.layouts.parts import read_parts
from ftdata.layouts.template import fill, parse_template, text_turn
from ftdata.model import LayoutOptions, Message, TextTurn


def system_turn(system: object, pointer: str) -> list[Message]:
    """Gives the system turn for a text or a list of text parts; none where it says nothing."""
    if isinstance(system, list):
        said = read_parts(system, pointer).said
        system = "\n".join(cell_text(part.get("text"), pointer) for part in said)
    text = cell_text(system, pointer)
    return [{"role": "system", "content": text}] if text and not text.isspace() else []


def asked_system_turn(record: Any, options: LayoutOptions) -> list[Message]:
    """Gives the system turn that --system asks for: a column, a template, or the text itself.

    An empty cell of a column gives no turn; an empty cell within a template is treated as
    `options.on_empty` says.
    """
    cells: Mapping[str, Any] = record if isinstance(record, dict) else {}
    column = options.columns.get("system") if options.system is None else options.system
    if column is None:
        return []
    if column in cells or options.system is None:
        return system_turn(cells.get(column), pointer_to(column))
    return system_turn(fill(parse_template(column), cells, "system", options), "")


def asked_text_turns(keys: Sequence[str], options: LayoutOptions) -> list[TextTurn | None]:
    """Gives what `asked_system_turn` gives for a row with these keys; None where that depends on the row."""
    column = options.columns.get("system") if options.system is None else options.system
    if column is None:
        return []
    if column in keys:
        return [TextTurn("system", (column,))]
    return [None if options.system is None else text_turn("system", parse_template(column), keys)]


def under_system(messages: list[Message], record: Any, options: LayoutOptions) -> list[Message]:
    """Puts the system turn that --system asks for before a conversation that has none of its own."""
    if messages and messages[0]["role"] in ("system", "developer"):
        return messages
    return [*asked_system_turn(record, options), *messages]
