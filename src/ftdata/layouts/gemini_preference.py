"""Preference pairs of Gemini: `contents`, and two `completions` with scores."""

from __future__ import annotations

from typing import Any

from ftdata.layouts.calls import OpenCalls
from ftdata.layouts.cells import kind_of, pointer_to
from ftdata.layouts.names import lacks_keys
from ftdata.layouts.refusal import Refused, giving_faults
from ftdata.layouts.system import asked_system_turn, system_turn
from ftdata.layouts.turns import read_turn, read_turns
from ftdata.model import Example, Layout, LayoutOptions, Message

_SYSTEM = ("system_instruction", "systemInstruction")


def recognises(record: Any) -> bool:
    """True for contents with a list of completions that have a score."""
    if not isinstance(record, dict) or not isinstance(record.get("contents"), list):
        return False
    completions = record.get("completions")
    return (
        isinstance(completions, list)
        and bool(completions)
        and all(isinstance(one, dict) and "completion" in one for one in completions)
    )


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example:
    """Gives the contents as `messages`; the completion with the higher score is `chosen`."""
    needed = ("contents", "completions")
    missing = [key for key in needed if not isinstance(record, dict) or key not in record]
    if missing:
        raise lacks_keys("gemini-preference", missing, record)
    system = asked_system_turn(record, options) or _system(record)
    contents = record["contents"]
    turns = [_turn(turn) for turn in contents] if isinstance(contents, list) else contents
    messages = [*system, *read_turns(turns, "/contents", options)]
    better, worse = _ranked(record["completions"])
    return {
        "messages": messages,
        "chosen": _answer(*better, options),
        "rejected": _answer(*worse, options),
    }


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:  # noqa: ARG001 - no column has another name
    """The system text, the contents and the completions."""
    if not isinstance(record, dict):
        return frozenset()
    return frozenset({*_SYSTEM, "contents", "completions"} & record.keys())


def _system(record: dict[str, Any]) -> list[Message]:
    key = next((key for key in _SYSTEM if record.get(key) is not None), None)
    if key is None:
        return []
    given = record[key]
    parts = given.get("parts") if isinstance(given, dict) else given
    return system_turn(parts, pointer_to(key))


def _ranked(completions: Any) -> tuple[tuple[dict[str, Any], str], tuple[dict[str, Any], str]]:
    """The two completions with their places, the better one first."""
    reason = "they are not two objects with different scores"
    refused = Refused("malformed-turn", "/completions", reason=reason)
    if not isinstance(completions, list) or len(completions) != 2:
        raise refused
    if not all(isinstance(one, dict) and _is_score(one.get("score")) for one in completions):
        raise refused
    first, second = ((one, f"/completions/{at}") for at, one in enumerate(completions))
    if first[0]["score"] == second[0]["score"]:
        raise refused
    return (first, second) if first[0]["score"] > second[0]["score"] else (second, first)


def _is_score(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _answer(completion: dict[str, Any], pointer: str, options: LayoutOptions) -> list[Message]:
    here = f"{pointer}/completion"
    turn = completion.get("completion")
    if not isinstance(turn, dict):
        reason = f"a completion is {kind_of(turn)}, not a turn"
        raise Refused("malformed-turn", here, reason=reason)
    return read_turn(_turn(turn), here, options, OpenCalls())


def _turn(turn: Any) -> Any:
    """A turn whose parts are under the key that other files have."""
    if not isinstance(turn, dict) or "parts" not in turn:
        return turn
    return {
        "role": turn.get("role", "user"),
        "content": turn["parts"],
    }


LAYOUT = Layout(
    name="gemini-preference",
    title="preference pairs of Gemini: contents, completions with scores",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
)
