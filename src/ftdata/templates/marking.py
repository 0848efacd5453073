"""A shape -> a conversation of that shape with another marker in each of its texts."""

from __future__ import annotations

from typing import Any, NamedTuple

from ftdata.templates.shapes import BLANK, EMPTY, RESULT, THINKS, Shape

THINKING = "thinking"
CALL = "calls"
ARGUMENTS = "arguments of calls"
TOOLS = "tool definitions"
NAMES = "names of speakers"

#: Letters and digits alone, so that no template changes one; of one length, so that none holds another.
_MARKER = "ftqz{:05d}zqtf"


class Mark(NamedTuple):
    """A marker: what it stands for, of which message (None: beside them), and where that is."""

    text: str
    what: str
    message: int | None
    pointer: str


class Marked(NamedTuple):
    """Messages and tools with markers in them, and what was marked."""

    messages: list[dict[str, Any]]
    tools: list[Any] | None
    marks: list[Mark]
    json_arguments: dict[
        str, str
    ]  # marker -> pointer, of arguments that are given as a text of JSON
    python_like: dict[str, str]  # marker -> pointer, of texts inside lists and objects


def marked(shape: Shape) -> Marked:
    """Gives a conversation of this shape."""
    messages, tools, _ = shape
    maker = _Maker()
    made = [maker.message(pairs, at) for at, pairs in enumerate(messages)]
    declared = None
    if tools is not None:
        declared = [maker.tool(kind, f"/tools/{number}") for number, kind in enumerate(tools)]
    return Marked(made, declared, maker.marks, maker.json_arguments, maker.python_like)


class _Maker:
    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.json_arguments: dict[str, str] = {}
        self.python_like: dict[str, str] = {}
        self._unseen = 0
        self._at: int | None = None

    def message(self, pairs: tuple[Any, ...], at: int) -> dict[str, Any]:
        self._at = at
        role = dict(pairs).get("role", "")
        made: dict[str, Any] = {}
        for key, kind in pairs:
            pointer = f"/messages/{at}/{key}"
            if key == "role":
                made[key] = kind
            elif key == "content":
                made[key] = self._content(kind, role, pointer)
            elif kind[0] == "calls":
                made[key] = [self._call(one, f"{pointer}/{n}") for n, one in enumerate(kind[1])]
            elif kind[0] == "call":
                made[key] = self._function(kind[1], pointer)
            else:
                made[key] = self._value(kind, _said_by(key, role), pointer)
        return made

    def tool(self, kind: Any, pointer: str) -> Any:
        self._at = None
        return self._tool(kind, pointer, name="")

    def _content(self, kind: Any, role: str, pointer: str) -> Any:
        if kind[0] != "parts":
            return self._value(kind, _text_of(role), pointer)
        return [self._part(one, role, f"{pointer}/{n}") for n, one in enumerate(kind[1])]

    def _part(self, kind: Any, role: str, pointer: str) -> Any:
        if kind[0] != "part":
            return self._value(kind, _text_of(role), pointer)
        made = {}
        for key, inner in kind[1]:
            is_text = key == "text"
            made[key] = self._value(inner, _text_of(role) if is_text else None, f"{pointer}/{key}")
            if is_text and isinstance(made[key], str) and made[key]:
                self.python_like[f"'text': '{made[key]}"] = pointer
        return made

    def _call(self, kind: Any, pointer: str) -> Any:
        if kind[0] != "pairs":
            return self._value(kind, None, pointer)
        return self._function(kind[1], pointer)

    def _function(self, pairs: Any, pointer: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, kind in pairs:
            at = f"{pointer}/{key}"
            if kind[0] == "call":
                made[key] = self._function(kind[1], at)
            elif key == "arguments":
                made[key] = self._arguments(kind, at)
            else:
                made[key] = self._value(kind, CALL if key == "name" else None, at)
        return made

    def _arguments(self, kind: Any, pointer: str) -> Any:
        if kind[0] == "json":
            marker = self._text(ARGUMENTS, pointer) if kind[1] else ""
            self.json_arguments[marker] = pointer
            return f'{{"a0": "{marker}"}}' if kind[1] else "{}"
        if kind[0] == "object":
            made = {}
            for number, inner in enumerate(kind[1]):
                value = made[f"a{number}"] = self._value(inner, ARGUMENTS, pointer)
                if isinstance(value, str) and value:
                    self.python_like[f"'a{number}': '{value}"] = pointer
            return made
        return self._value(kind, ARGUMENTS, pointer)

    def _tool(self, kind: Any, pointer: str, *, name: str) -> Any:
        if kind[0] == "d":
            return {key: self._tool(inner, pointer, name=key) for key, inner in kind[1]}
        if kind[0] == "properties":
            return {f"p{n}": self._tool(inner, pointer, name="") for n, inner in enumerate(kind[1])}
        if kind[0] == "l":
            return [self._tool(inner, pointer, name="") for inner in kind[1]]
        return self._value(kind, TOOLS if name == "name" else None, pointer)

    def _value(self, kind: Any, what: str | None, pointer: str) -> Any:
        """A value of the kind; `what` None: nobody asks whether it is still there."""
        tag = kind[0]
        if tag == "s":
            return self._said(kind[1], what, pointer)
        if tag == "id":
            return _id(*kind[1:])
        if tag == "n":
            return (1.5 if kind[1] else 1) if kind[2] else 0
        if tag == "l":
            return [self._value(inner, None, pointer) for inner in kind[1]]
        if tag == "d":
            return {key: self._value(inner, None, pointer) for key, inner in kind[1]}
        return kind[1]  # as it is

    def _said(self, kind: int, what: str | None, pointer: str) -> str:
        if kind == EMPTY:
            return ""
        if kind == BLANK:
            return " "
        if kind == THINKS:
            thinking = self._text(THINKING, pointer)
            return f"<think>\n{thinking}\n</think>\n\n{self._text(what, pointer)}"
        text = self._text(what, pointer)
        return f"<tool_response>\n{text}\n</tool_response>" if kind == RESULT else text

    def _text(self, what: str | None, pointer: str) -> str:
        if what is None:
            self._unseen += 1
            return f"ftx{self._unseen:05d}xtf"
        marker = _MARKER.format(len(self.marks))
        self.marks.append(Mark(marker, what, self._at, pointer))
        return marker


def _text_of(role: str) -> str:
    return f"text of {role} turns"


def _said_by(key: str, role: str) -> str | None:
    """What is missed where a text under this key is left out; None: nothing."""
    if key in ("reasoning_content", "thinking", "reasoning"):
        return THINKING
    if key == "name":
        return None if role in ("tool", "function") else NAMES
    return "refusals" if key == "refusal" else None


def _id(index: int, length: int, is_alphanumeric: bool) -> str:
    if is_alphanumeric:
        return f"{index:0{length}d}"[-length:] if length else ""
    return f"c_{index}".ljust(length, "0")[:length] if length else ""
