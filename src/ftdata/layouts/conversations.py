"""Finds the conversation of a record: the key that holds its turns."""

from __future__ import annotations

from typing import Any

from ftdata.layouts.cells import json_value
from ftdata.layouts.names import lacks_keys
from ftdata.layouts.turns import is_turn
from ftdata.model import LayoutOptions


def turns_of(value: object) -> list[Any] | None:
    """Gives the turns that a value holds: a list whose first item names a speaker, or its JSON text."""
    if isinstance(value, str):
        if not value.lstrip().startswith("[{"):
            return None
        value = json_value(value)
    return value if isinstance(value, list) and value and is_turn(value[0]) else None


def in_converse_form(turns: list[Any]) -> bool:
    """True where the first turn holds parts without a type, as Bedrock's Converse API writes them."""
    content = turns[0].get("content")
    return (
        isinstance(content, list)
        and bool(content)
        and isinstance(content[0], dict)
        and "type" not in content[0]
    )


def conversation_key(record: dict[str, Any], usual: tuple[str, ...]) -> str | None:
    """Gives the key of the conversation: one of the usual names, or the only key that holds turns.

    A usual name counts also where its list is empty; an empty conversation is a fault of the record,
    not of its layout.
    """
    for key in usual:
        if key in record and (record[key] == [] or turns_of(record[key]) is not None):
            return key
    keys = [key for key, value in record.items() if turns_of(value) is not None]
    return keys[0] if len(keys) == 1 else None


def require_key(
    record: object, layout: str, usual: tuple[str, ...], options: LayoutOptions
) -> tuple[dict[str, Any], str]:
    """Gives the record and the key of its conversation; --map messages=KEY comes first.

    Refuses with lacks-layout-keys where there is neither a usual key nor a single list of turns.
    """
    if not isinstance(record, dict):
        raise lacks_keys(layout, usual[:1], record)
    chosen = options.columns.get("messages")
    if chosen is not None:
        if chosen in record:
            return record, chosen
    else:
        key = conversation_key(record, usual) or next((key for key in usual if key in record), None)
        if key is not None:
            return record, key
    raise lacks_keys(layout, [chosen or usual[0]], record)
