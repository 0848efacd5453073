"""What only an assistant's turn can hold: calls, thoughts, a refusal, and its weight in training."""

from __future__ import annotations

from typing import Any

from ftdata.layouts.calls import OpenCalls, read_function
from ftdata.layouts.cells import json_value, kind_of
from ftdata.layouts.parts import Parts
from ftdata.layouts.refusal import Refused
from ftdata.model import Message

_THOUGHT_KEYS = ("reasoning_content", "reasoning", "thinking")
_WEIGHT_KEYS = ("weight", "loss_weight", "train")


def read_assistant(
    message: Message, turn: dict[str, Any], parts: Parts, pointer: str, calls: OpenCalls
) -> None:
    """Adds to the message what the turn calls, thinks and refuses, and how much it weighs."""
    given = turn.get("tool_calls")
    if isinstance(given, str):
        given = json_value(given)
    wanted = [*(given if isinstance(given, list) else ()), *parts.calls]
    if wanted:
        here = f"{pointer}/tool_calls"
        message["tool_calls"] = [
            calls.read(call, f"{here}/{index}") for index, call in enumerate(wanted)
        ]
    if isinstance(turn.get("function_call"), dict):
        message["function_call"] = read_function(turn["function_call"], f"{pointer}/function_call")
    if isinstance(turn.get("refusal"), str) and turn["refusal"]:
        message["refusal"] = turn["refusal"]
    thoughts = [
        *(turn[key] for key in _THOUGHT_KEYS if isinstance(turn.get(key), str) and turn[key]),
        *parts.thoughts,
    ]
    if thoughts:
        message["reasoning_content"] = "\n".join(thoughts)
    read_weight(message, turn, pointer)


def read_weight(message: Message, turn: dict[str, Any], pointer: str) -> None:
    """Adds the weight of the turn where it has one: 0 and 1 as whole numbers, true as 1."""
    key = next((key for key in _WEIGHT_KEYS if turn.get(key) is not None), None)
    if key is None:
        return
    weight = turn[key]
    if not isinstance(weight, bool | int | float):
        found = kind_of(weight)
        raise Refused(
            "malformed-turn", f"{pointer}/{key}", reason=f"its weight is {found}, not a number"
        )
    message["weight"] = int(weight) if weight in (0, 1) else weight
