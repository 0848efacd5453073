"""The shape of a conversation: all that decides what a template does with it, but the words.

A shape is made of tuples and plain values: roles, keys, which kind of value each has, how long ids are.
Conversations of one shape are rendered alike, so a template is asked once for each shape.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from ftdata.templates.conversation import Conversation

#: Kinds of text: what templates ask of one. THINKS holds `</think>`, RESULT is put in <tool_response>.
EMPTY, BLANK, TEXT, THINKS, RESULT = range(5)

Shape = tuple[Any, ...]

_DEEPEST = 12
_MOST_KEYS = 64
_LONGEST_NAME = 64
_IDS = ("id", "tool_call_id")
_KEPT_IN_TOOLS = ("type", "format")


def digest_of(shape: Shape) -> bytes:
    """A short name of a shape."""
    return blake2b(marshal.dumps(shape, 0), digest_size=16).digest()


def shape_of(conversation: Conversation) -> Shape:
    """Gives (messages, tools, options)."""
    ids: dict[str, int] = {}
    tools = conversation.tools
    return (
        tuple([_message(message, ids) for message in conversation.messages]),
        None if tools is None else tuple([_tool(tool, 0) for tool in tools]),
        _verbatim(conversation.options),
    )


def _message(message: Mapping[str, Any], ids: dict[str, int]) -> tuple[Any, ...]:
    """Pairs of key and kind, in the order of the keys; keys without a value are left out."""
    role = message.get("role")
    pairs: list[tuple[str, Any]] = []
    for key, value in message.items():
        if value is None or len(pairs) == _MOST_KEYS:
            continue
        if key == "role":
            pairs.append((key, value if isinstance(value, str) else str(value)))
        elif key == "content":
            pairs.append((key, _content(value, is_answer=role == "assistant")))
        elif key == "tool_calls" and isinstance(value, (list, tuple)):
            pairs.append((key, ("calls", tuple([_call(call, ids) for call in value]))))
        elif key == "function_call" and isinstance(value, Mapping):
            pairs.append((key, ("call", _function(value))))
        elif key in _IDS and isinstance(value, str):
            pairs.append((key, _id(value, ids)))
        else:
            pairs.append((key, _kind(value, 0)))
    return tuple(pairs)


def _content(value: Any, *, is_answer: bool) -> tuple[Any, ...]:
    if isinstance(value, str):
        return ("s", text_kind(value, is_answer=is_answer))
    if isinstance(value, (list, tuple)):
        return ("parts", tuple([_part(part, is_answer) for part in value]))
    return _kind(value, 0)


def _part(part: Any, is_answer: bool) -> tuple[Any, ...]:
    if not isinstance(part, Mapping):
        return _content(part, is_answer=is_answer) if isinstance(part, str) else _kind(part, 0)
    pairs: list[tuple[str, Any]] = []
    for key, value in part.items():
        if key == "type" and isinstance(value, str):
            pairs.append((key, ("k", value[:_LONGEST_NAME])))
        elif isinstance(value, str):
            pairs.append((key, ("s", text_kind(value, is_answer=is_answer))))
        else:
            pairs.append((key, _kind(value, 0)))
    return ("part", tuple(pairs))


def text_kind(text: str, *, is_answer: bool) -> int:
    """The kind of a text."""
    if not text:
        return EMPTY
    if text.isspace():
        return BLANK
    if is_answer:
        return THINKS if "</think>" in text else TEXT
    return RESULT if text.startswith("<tool_response>") else TEXT


def _call(call: Any, ids: dict[str, int]) -> tuple[Any, ...]:
    if not isinstance(call, Mapping):
        return _kind(call, 0)
    pairs: list[tuple[str, Any]] = []
    for key, value in call.items():
        if key == "function" and isinstance(value, Mapping):
            pairs.append((key, ("call", _function(value))))
        elif key == "id" and isinstance(value, str):
            pairs.append((key, _id(value, ids)))
        elif key == "type" and isinstance(value, str):
            pairs.append((key, ("k", value[:_LONGEST_NAME])))
        elif key in ("name", "arguments"):
            pairs.extend(_function({key: value}))
        else:
            pairs.append((key, _kind(value, 0)))
    return ("pairs", tuple(pairs))


def _function(function: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (key, _arguments(value) if key == "arguments" else _kind(value, 0))
        for key, value in function.items()
    )


def _arguments(value: Any) -> tuple[Any, ...]:
    """Names of arguments do not matter, nor how many have a value of one kind."""
    if isinstance(value, str):
        text = value.strip()
        return (
            ("json", len(text) > 2) if text[:1] == "{" else ("s", text_kind(text, is_answer=False))
        )
    if isinstance(value, Mapping):
        return ("object", _distinct(value.values(), 1))
    return _kind(value, 0)


def _tool(tool: Any, depth: int, key: str = "") -> tuple[Any, ...]:
    """Names of tools and of their parameters do not matter, but the types of these do."""
    if isinstance(tool, str):
        return (
            ("k", tool[:_LONGEST_NAME]) if key in _KEPT_IN_TOOLS else ("s", TEXT if tool else EMPTY)
        )
    if isinstance(tool, Mapping) and depth < _DEEPEST:
        if key == "properties":
            found = {repr(kind): kind for kind in (_tool(one, depth + 1) for one in tool.values())}
            return ("properties", tuple(found[name] for name in sorted(found)))
        items = list(tool.items())[:_MOST_KEYS]
        return ("d", tuple((name, _tool(value, depth + 1, name)) for name, value in items))
    if isinstance(tool, (list, tuple)) and depth < _DEEPEST:
        found = {repr(kind): kind for kind in (_tool(one, depth + 1, key) for one in tool)}
        return ("l", tuple(found[name] for name in sorted(found)))
    return _kind(tool, depth)


def _id(value: str, ids: dict[str, int]) -> tuple[Any, ...]:
    """Which ids are equal, how long they are, and of which characters."""
    return ("id", ids.setdefault(value, len(ids)), min(len(value), _LONGEST_NAME), value.isalnum())


def _kind(value: Any, depth: int) -> tuple[Any, ...]:
    if isinstance(value, str):
        return ("s", text_kind(value, is_answer=False))
    if value is None or isinstance(value, bool):
        return ("v", value)
    if isinstance(value, (int, float)):
        return ("n", isinstance(value, float), bool(value))
    if isinstance(value, (list, tuple)) and depth < _DEEPEST:
        return ("l", _distinct(value, depth + 1))
    if isinstance(value, Mapping) and depth < _DEEPEST:
        items = list(value.items())[:_MOST_KEYS]
        return ("d", tuple((str(key), _kind(inner, depth + 1)) for key, inner in items))
    return ("v", None)


def _distinct(values: Any, depth: int) -> tuple[Any, ...]:
    found = {repr(kind): kind for kind in (_kind(value, depth) for value in values)}
    return tuple(found[name] for name in sorted(found))


def _verbatim(options: Mapping[str, Any]) -> Any:
    """Options of a template are switches: their values matter."""
    try:
        return tuple((key, repr(value)) for key, value in sorted(options.items()))
    except RecursionError:  # nested deeper than any option is
        return ("deep",)
