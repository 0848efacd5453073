"""What only an assistant's turn can hold: calls, thoughts, a refusal, and its weight in training."""

from __future__ import annotations

from typing import Any

from ftdata.layouts.calls import OpenCalls, read_function
from ftdata.layouts.cells import json_value, kind_of
from ftdata.layouts.parts import Parts
from ftdata.layouts.refusal import Refused
from ftdata.model import Message

_THOUGHT_KEYS = ("reasoning_content", "reasoning", "thinking")
WEIGHT_KEYS = ("weight", "loss_weight", "train")
#: All that is read here.
ASSISTANT_KEYS = ("tool_calls", "function_call", "refusal", *_THOUGHT_KEYS, *WEIGHT_KEYS)


def read_assistant(
    message: Message, turn: dict[str, Any], parts: Parts, pointer: str, calls: OpenCalls
) -> None:
    """Adds to the message what the turn calls, thinks and refuses, and how much it weighs."""
    here = f"{pointer}/tool_calls"
    wanted = [*_called(turn.get("tool_calls"), here), *parts.calls]
    if wanted:
        message["tool_calls"] = [
            calls.read(call, f"{here}/{index}") for index, call in enumerate(wanted)
        ]
    here = f"{pointer}/function_call"
    for call in _called(turn.get("function_call"), here):
        message["function_call"] = read_function(call, here)
    if isinstance(turn.get("refusal"), str) and turn["refusal"]:
        message["refusal"] = turn["refusal"]
    thoughts = [
        *(turn[key] for key in _THOUGHT_KEYS if isinstance(turn.get(key), str) and turn[key]),
        *parts.thoughts,
    ]
    if thoughts:
        message["reasoning_content"] = "\n".join(thoughts)
    read_weight(message, turn, pointer)


def _called(given: object, pointer: str) -> list[Any]:
    """Gives the calls of a turn: a list, a single one, or either as JSON text; none for null."""
    if given is None or given == "":
        return []
    found = json_value(given) if isinstance(given, str) else given
    if isinstance(found, dict):
        return [found]
    if not isinstance(found, list):
        raise Refused("malformed-turn", pointer, reason=f"the calls are {kind_of(given)}")
    return found


def read_weight(message: Message, turn: dict[str, Any], pointer: str) -> None:
    """Adds the weight of the turn where it has one: 0 and 1 as whole numbers, true as 1."""
    key = next((key for key in WEIGHT_KEYS if turn.get(key) is not None), None)
    if key is None:
        return
    weight = turn[key]
    if not isinstance(weight, bool | int | float):
        found = kind_of(weight)
        raise Refused(
            "malformed-turn", f"{pointer}/{key}", reason=f"its weight is {found}, not a number"
        )
    message["weight"] = int(weight) if weight in (0, 1) else weight
