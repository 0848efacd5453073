"""Tool calls of one conversation: their form, their ids, and which of them wait for an answer."""

from __future__ import annotations

from typing import Any

from ftdata.layouts.cells import cell_text, json_text, json_value, kind_of
from ftdata.layouts.refusal import Refused


class OpenCalls:
    """Numbers the calls of a conversation that have no id, and hands their ids to the answers."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._open: list[str] = []

    def read(self, call: object, pointer: str) -> dict[str, Any]:
        """Gives a call as `{id, type, function: {name, arguments}}`, its arguments as JSON text.

        Takes that form, and the flat `{name, arguments | parameters | input}`.
        """
        if isinstance(call, str):
            call = json_value(call)
        within = call.get("function") if isinstance(call, dict) else None
        function = read_function(within if isinstance(within, dict) else call, pointer)
        call_id = self._id(call.get("id") if isinstance(call, dict) else None)
        self._open.append(call_id)
        return {"id": call_id, "type": "function", "function": function}

    def answered(self, call_id: object, text: str) -> list[tuple[str | None, str]]:
        """Gives (call id, text) for a tool's turn; the id is None where no call is open.

        Without an id the turn answers the oldest open call. One turn that answers several open calls
        with a JSON list of as many results becomes one turn each.
        """
        if isinstance(call_id, str) and call_id:
            if call_id in self._open:
                self._open.remove(call_id)
            return [(call_id, text)]
        if len(self._open) > 1:
            results = json_value(text) if text.lstrip().startswith("[") else None
            if isinstance(results, list) and len(results) == len(self._open):
                waiting, self._open = self._open, []
                return list(zip(waiting, map(_result_text, results), strict=True))
        return [(self._open.pop(0) if self._open else None, text)]

    def _id(self, given: object) -> str:
        if isinstance(given, str) and given:
            self._used.add(given)
            return given
        number = len(self._used)
        while f"call_{number}" in self._used:
            number += 1
        self._used.add(f"call_{number}")
        return f"call_{number}"


def read_function(function: Any, pointer: str) -> dict[str, Any]:
    """Gives the name and the arguments (as JSON text) of what is called."""
    if not isinstance(function, dict):
        reason = f"a call is {kind_of(function)}, not an object"
        raise Refused("malformed-turn", pointer, reason=reason)
    name = function.get("name")
    if not isinstance(name, str) or not name:
        raise Refused("malformed-turn", pointer, reason="a call names no function")
    found = next(
        (function[key] for key in ("arguments", "parameters", "input") if key in function), None
    )
    if isinstance(found, str):
        return {"name": name, "arguments": found}
    return {"name": name, "arguments": json_text({} if found is None else found, pointer)}


def _result_text(result: object) -> str:
    if isinstance(result, dict) and "content" in result:
        result = result["content"]
    return json_text(result) if isinstance(result, dict | list) else cell_text(result)
