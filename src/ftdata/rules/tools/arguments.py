"""What is handed to a tool: an object, or a text of JSON that is one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import orjson

from ftdata.model import Call
from ftdata.rules.quoting import kind_of

#: Arguments that are no JSON object, are absent, or of a wrong type: other rules speak of them.
UNREADABLE: Final = object()


def arguments_of(call: Call) -> Any:
    """Gives the arguments as an object, or `UNREADABLE`."""
    value = _value(call.arguments)
    return value if isinstance(value, Mapping) else UNREADABLE


def fault_of(call: Call) -> str | None:
    """Says what arguments that are a text hold, if it is not a JSON object."""
    if not isinstance(call.arguments, str):
        return None
    value = _value(call.arguments)
    if isinstance(value, Mapping):
        return None
    if value is not UNREADABLE:
        return kind_of(value)
    return "empty" if not call.arguments or call.arguments.isspace() else "no JSON"


def _value(arguments: Any) -> Any:
    if not isinstance(arguments, str):
        return arguments
    try:
        return orjson.loads(arguments)
    except ValueError:
        pass
    try:  # orjson refuses half a surrogate pair
        return json.loads(arguments, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return UNREADABLE


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
