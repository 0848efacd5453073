"""Calls of tools and answers to them, as turns hold them: beside a text, among its parts, or as the text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

#: The key by which a turn says that its text is calls, as JSON (see `TurnView.calls`).
CALLS_IN_TEXT: Final = "calls_in_text"

_CALL_PARTS = ("functionCall", "function_call")
_ANSWER_PARTS = ("functionResponse", "function_response")


class Call(NamedTuple):
    """One call, of the turn `message`; `position` None: the older `function_call`.

    `id` is None where none is given, or an empty one. `name` and `arguments` are as they stand. `within` is
    where in its turn the call stands, if it is one of the parts or in the text.
    """

    message: int
    position: int | None
    id: str | None
    name: Any
    arguments: Any
    within: str | None = None

    @property
    def pointer(self) -> str:
        """Where the call stands."""
        turn = f"/messages/{self.message}"
        if self.within is not None:
            return turn + self.within
        return (
            f"{turn}/function_call"
            if self.position is None
            else f"{turn}/tool_calls/{self.position}"
        )

    @property
    def is_text(self) -> bool:
        """True where nothing can point into the call."""
        return self.within == "/content"

    def at(self, key: str) -> str:
        """Where its id, name or arguments stand."""
        if self.is_text:
            return self.pointer
        if self.within is not None:
            return f"{self.pointer}/{'args' if key == 'arguments' else key}"
        inside = self.position is not None and key != "id"
        return f"{self.pointer}/function/{key}" if inside else f"{self.pointer}/{key}"


class Answer(NamedTuple):
    """What answers a call: its turn, the role, the id or the name of what it says that it answers.

    `by_name` is true where it names the function. `within` is the place of a part in its turn.
    """

    message: int
    role: str
    to: Any
    by_name: bool = False
    within: str = ""

    @property
    def pointer(self) -> str:
        """Where the answer stands."""
        return f"/messages/{self.message}{self.within}"

    @property
    def key(self) -> str:
        """The key that says what is answered."""
        if self.by_name:
            return "name"
        return "id" if self.within else "tool_call_id"


def calls_of(index: int, message: Mapping[str, Any]) -> list[Call]:
    """What can be read as a call of the turn `index`; all else is for the shape rules."""
    found: list[Call] = []
    calls = message.get("tool_calls")
    if isinstance(calls, (list, tuple)):
        for position, call in enumerate(calls):
            function = call.get("function") if isinstance(call, Mapping) else None
            if isinstance(function, Mapping):
                name, arguments = function.get("name"), function.get("arguments")
                found.append(Call(index, position, _id(call), name, arguments))
    older = message.get("function_call")
    if isinstance(older, Mapping):
        found.append(Call(index, None, None, older.get("name"), older.get("arguments")))
    content = message.get("content")
    if isinstance(content, (list, tuple)):
        for position, (within, call) in enumerate(_held(content, _CALL_PARTS)):
            given = call.get("args")
            arguments = {} if given is None else given
            found.append(Call(index, position, _id(call), call.get("name"), arguments, within))
    elif CALLS_IN_TEXT in message and isinstance(content, str):
        found += _calls_in(index, content)
    return found


def answers_of(index: int, message: Mapping[str, Any]) -> list[Answer]:
    """The answers of the turn `index`; a turn with none is something else."""
    role = message["role"]
    if role == "tool":
        return [Answer(index, role, message.get("tool_call_id"))]
    if role == "function":
        return [Answer(index, role, message.get("name"), by_name=True)]
    found: list[Answer] = []
    content = message.get("content")
    if not isinstance(content, (list, tuple)):
        return found
    for within, answer in _held(content, _ANSWER_PARTS):
        to = _id(answer)
        by_name = to is None
        found.append(Answer(index, role, answer.get("name") if by_name else to, by_name, within))
    return found


def holds_calls(content: Any) -> bool:
    """True for a list of parts of which one is a call or an answer."""
    parts = content if isinstance(content, (list, tuple)) else ()
    return any(True for _ in _held(parts, _CALL_PARTS + _ANSWER_PARTS))


def _held(parts: Any, keys: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, part in enumerate(parts):
        for key in keys if isinstance(part, Mapping) else ():
            held = part.get(key)
            if isinstance(held, Mapping):
                yield f"/content/{number}/{key}", held
                break


def _calls_in(index: int, text: str) -> Iterator[Call]:
    """Reads calls as LLaMA-Factory writes them; a text that begins with a tag has a thought before them."""
    if text.lstrip().startswith("<"):
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield Call(index, 0, None, None, text, "/content")
        return
    for position, call in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(call, Mapping):
            yield Call(index, position, None, call.get("name"), call.get("arguments"), "/content")


def _id(holder: Mapping[str, Any]) -> str | None:
    given = holder.get("id")
    return given if isinstance(given, str) and given else None
