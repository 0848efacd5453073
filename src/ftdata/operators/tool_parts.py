"""Judges the tools of a decoded row, without parsing what all rows of a file have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec
import orjson
from msgspec import UNSET, Raw

from ftdata.model import (
    Definitions,
    Facts,
    Limits,
    Rule,
    ToolUse,
    Turns,
    definitions_of,
    tool_use_in,
    turns_of,
)

#: Whether any rule flags the tools of a conversation with such turns.
ToolsFlagged = Callable[[ToolUse, Turns], bool]

#: Roles of turns that answer a call.
ANSWERING = frozenset({"tool", "function"})

# Definitions of tools stand in every row of a file; what is remembered must stay small.
_REMEMBERED = 256
_MOST_REMEMBERED_BYTES = 64 * 1024

_UNSURE: Final = object()


def tools_flagged_by(rules: Iterable[Rule], limits: Limits) -> ToolsFlagged | None:
    """Asks those of the rules that are on tools; None where there are none."""
    flags = [rule.flags for rule in rules if rule.on_tools and rule.flags]
    silent = Facts(turns_of(("user",)), 0, False, False, 0, False)

    def flagged(tools: ToolUse, turns: Turns) -> bool:
        facts = silent._replace(turns=turns, tools=tools)
        for flag in flags:  # noqa: SIM110  # called for each row with tools: any() takes longer
            if flag(facts, limits):
                return True
        return False

    return flagged if flags else None


class ToolChecker:
    """Looks at rows whose parts all hold (see `parts`). `roles` are those of the classes of turns."""

    def __init__(self, roles: Mapping[type, str], flagged: ToolsFlagged) -> None:
        self._roles = roles
        self._flagged = flagged
        self._known: dict[bytes, Definitions | None] = {}

    def are_flagged(self, row: Any) -> bool:
        """True where a rule flags the tools, and where it is not certain that none does."""
        turns = getattr(row, "messages", None)
        if turns is None:
            return False  # no conversation: no rule looks at it
        if getattr(row, "functions", UNSET) is not UNSET:
            return True
        messages = self._messages_of(turns)
        definitions = self._definitions_in(getattr(row, "tools", UNSET))
        if messages is None or definitions is _UNSURE:
            return True
        if definitions is None and all(len(message) == 1 for message in messages):
            return False
        roles = turns_of(tuple(message["role"] for message in messages))
        return self._flagged(tool_use_in(messages, definitions, ()), roles)

    def _messages_of(self, turns: list[Any]) -> list[dict[str, Any]] | None:
        """What a rule on tools sees of the turns; None for the older form, and where it is not certain."""
        messages: list[dict[str, Any]] = []
        for turn in turns:
            role = self._roles.get(type(turn))
            if role is None or role == "function":
                return None
            message: dict[str, Any] = {"role": role}
            if role == "assistant":
                if getattr(turn, "function_call", None) not in (None, UNSET):
                    return None
                calls = getattr(turn, "tool_calls", UNSET)
                if calls is not UNSET:
                    message["tool_calls"] = _plain(calls)
            elif role == "tool":
                message["tool_call_id"] = _plain(getattr(turn, "tool_call_id", None))
            messages.append(message)
        return messages

    def _definitions_in(self, tools: Any) -> Any:
        if tools is UNSET:
            return None
        if type(tools) is not Raw:
            return _UNSURE
        raw = bytes(tools)
        if raw not in self._known:
            if len(raw) > _MOST_REMEMBERED_BYTES:
                return definitions_of({"tools": orjson.loads(raw)})
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[raw] = definitions_of({"tools": orjson.loads(raw)})
        return self._known[raw]


def _plain(value: Any) -> Any:
    if type(value) is str:
        return value
    return orjson.loads(bytes(value)) if type(value) is Raw else msgspec.to_builtins(value)
