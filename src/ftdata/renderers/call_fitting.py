"""Ids and arguments of calls in the form that a target wants."""

from __future__ import annotations

import json
import math
import re
from hashlib import blake2b
from typing import Any

from ftdata.model import Message, Room

_SHORT = re.compile(r"[a-zA-Z0-9]{9}")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def fit_calls(turns: list[Message], room: Room, losses: list[str]) -> list[Message]:
    """Renames the ids of calls, with the same in the turns of tools, and writes arguments as objects."""
    if room.call_ids == "any" and room.arguments == "text":
        return turns
    if not any(turn.get("tool_calls") or turn["role"] == "tool" for turn in turns):
        return turns
    ids = _Ids(room)
    fitted: list[Message] = []
    for turn in turns:
        kept: Message = {**turn}
        if turn.get("tool_calls"):
            kept["tool_calls"] = [_call(call, ids, room, losses) for call in turn["tool_calls"]]
        if turn["role"] == "tool" and turn.get("tool_call_id"):
            kept["tool_call_id"] = ids.of_answer(turn["tool_call_id"])
        fitted.append(kept)
    return _in_order(fitted, losses) if room.call_ids == "numbered" else fitted


def short_id(call_id: str) -> str:
    """Gives nine letters or digits for any id; one of that form stays."""
    if _SHORT.fullmatch(call_id):
        return call_id
    digest = blake2b(call_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    number = int.from_bytes(digest, "big")
    return "".join(_DIGITS[number // 36**place % 36] for place in range(9))


class _Ids:
    """The ids of the calls of one conversation; numbered as a reader does that finds none."""

    def __init__(self, room: Room) -> None:
        self._form = room.call_ids
        self._known: dict[str, str] = {}
        self._count = 0

    def of_call(self, call_id: str) -> str:
        """Gives the id that a call is written with."""
        if self._form == "nine":
            return short_id(call_id)
        if self._form == "numbered":
            self._known[call_id] = f"call_{self._count}"
            self._count += 1
        return self._known.get(call_id, call_id)

    def of_answer(self, call_id: str) -> str:
        """Gives the id of the call before it that a tool's turn answers."""
        return short_id(call_id) if self._form == "nine" else self._known.get(call_id, call_id)


def _call(call: dict[str, Any], ids: _Ids, room: Room, losses: list[str]) -> dict[str, Any]:
    call_id = str(call.get("id", ""))
    renamed = ids.of_call(call_id)
    if renamed != call_id:
        losses.append("tool-ids-renamed")
    kept = {**call, "id": renamed}
    if room.arguments == "object" and isinstance(call["function"].get("arguments"), str):
        found = object_of(call["function"]["arguments"])
        if found is None:
            losses.append("arguments-left-as-text")
        else:
            kept["function"] = {**call["function"], "arguments": found}
    return kept


def object_of(text: object) -> dict[str, Any] | None:
    """Gives the object that a text is the JSON of; None where it is none, or has no exact one."""
    try:
        found = json.loads(
            text,  # type: ignore[arg-type]
            parse_constant=_refuse,
            parse_float=_finite,
            object_pairs_hook=_distinct,
        )
    except (ValueError, RecursionError, TypeError):
        return None
    return found if isinstance(found, dict) else None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _finite(number: str) -> float:
    found = float(number)
    if not math.isfinite(found):
        raise ValueError(number)
    return found


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a repeated key")
    return found


def _in_order(turns: list[Message], losses: list[str]) -> list[Message]:
    """Puts results into the order of their calls, where all follow at once; else leaves them."""
    fitted = [*turns]
    for index, turn in enumerate(turns):
        ids = [call["id"] for call in turn.get("tool_calls") or ()]
        answers = turns[index + 1 : index + 1 + len(ids)]
        by_id = {answer.get("tool_call_id"): answer for answer in answers}
        if len(ids) > 1 and by_id.keys() == set(ids):
            ordered = [by_id[call_id] for call_id in ids]
            if ordered != answers:
                losses.append("results-reordered")
                fitted[index + 1 : index + 1 + len(ids)] = ordered
    return fitted
