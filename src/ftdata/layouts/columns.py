"""A table whose columns the user names with --user, --assistant and --system.

Each is a column, or a template such as "Title: {title}\\n\\n{body}". Never recognised by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ftdata.layouts.names import lacks_keys
from ftdata.layouts.refusal import giving_faults
from ftdata.layouts.system import asked_system_turn, asked_text_turns
from ftdata.layouts.template import Piece, columns_in, fill, parse_template, text_turn
from ftdata.model import Example, Layout, LayoutOptions, TextTurn


def recognises(record: Any) -> bool:  # noqa: ARG001 - every layout is asked
    """Never: only the user knows which column says what."""
    return False


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example:
    """Gives one question and its answer, after the system text if one was asked for.

    A column that the row does not have is an empty cell; a row that has none of them is a fault.
    """
    wanted = _wanted(record if isinstance(record, dict) else {}, options)
    missing = [role for role in ("user", "assistant") if _asked(role, options) is None]
    if missing or not isinstance(record, dict) or not any(column in record for column in wanted):
        raise lacks_keys("columns", missing or wanted, record)
    return {
        "messages": [
            *asked_system_turn(record, options),
            {"role": "user", "content": _text(record, "user", options)},
            {"role": "assistant", "content": _text(record, "assistant", options)},
        ]
    }


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:
    """The columns that the options name, as far as the row has them."""
    if not isinstance(record, dict):
        return frozenset()
    return frozenset(column for column in _wanted(record, options) if column in record)


def turns(keys: Sequence[str], options: LayoutOptions) -> tuple[TextTurn, ...] | None:
    """The same turns for every row with these keys."""
    row = dict.fromkeys(keys)
    roles = ("user", "assistant")
    if not all(_asked(role, options) for role in roles) or not uses(row, options):
        return None
    found = asked_text_turns(keys, options)
    found += (text_turn(role, _pieces(row, role, options), keys) for role in roles)
    return tuple(turn for turn in found if turn) if all(found) else None


def _asked(role: str, options: LayoutOptions) -> str | None:
    named = {"user": options.user, "assistant": options.assistant, "system": options.system}
    return named[role] or options.columns.get(role)


def _text(record: Mapping[str, Any], role: str, options: LayoutOptions) -> str:
    return fill(_pieces(record, role, options), record, role, options)


def _wanted(record: Mapping[str, Any], options: LayoutOptions) -> list[str]:
    pieces = [piece for role in ("user", "assistant") for piece in _pieces(record, role, options)]
    wanted = [piece.column for piece in pieces if piece.column is not None]
    system = _asked("system", options)
    if system is not None:
        wanted += [system] if system in record else columns_in(system)
    return wanted


def _pieces(record: Mapping[str, Any], role: str, options: LayoutOptions) -> tuple[Piece, ...]:
    asked = _asked(role, options)
    if asked is None:
        return ()
    if asked in record or not ("{" in asked or "}" in asked):
        return (Piece("", asked),)
    return parse_template(asked)


LAYOUT = Layout(
    name="columns",
    title="a table whose columns are named with --user, --assistant and --system",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
    turns=turns,
)
