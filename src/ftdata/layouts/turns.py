"""The turns of a conversation, in any of the usual forms -> messages of the canonical form."""

from __future__ import annotations

from typing import Any

from ftdata.layouts.assistant_turn import (
    ASSISTANT_KEYS,
    WEIGHT_KEYS,
    read_assistant,
    read_weight,
)
from ftdata.layouts.calls import OpenCalls
from ftdata.layouts.cells import cell_text, filled, json_text, json_value, kind_of
from ftdata.layouts.parts import Parts, are_parts, read_parts
from ftdata.layouts.refusal import Refused
from ftdata.layouts.roles import CALL, SPEAKERS, role_of
from ftdata.model import LayoutOptions, Message, is_empty

#: The keys that name the speaker of a turn and hold its words, best first.
SPEAKER_KEYS = ("role", "from", "speaker", "sender", "author")
TEXT_KEYS = ("content", "value", "text", "utterance", "message")

#: Turns that most files are full of need no closer look: these speakers, some text, and nothing else.
_SIMPLE = {name: role for role in ("system", "user", "assistant") for name in SPEAKERS[role]}
_NOTHING = Parts()

#: What is read of a turn beside its speaker and its words, by role.
_NAMED = frozenset({"name"})
_KNOWN = {
    "assistant": frozenset({*_NAMED, *ASSISTANT_KEYS}),
    "tool": frozenset({*_NAMED, "tool_call_id"}),
    CALL: frozenset(WEIGHT_KEYS),
}
_SAY_NOTHING: tuple[Any, ...] = ("", [], {})


def read_turns(
    turns: object, pointer: str, options: LayoutOptions, calls: OpenCalls | None = None
) -> list[Message]:
    """Gives the messages of a conversation: a list of turns, or its JSON text. At least one.

    Refuses what is no list (malformed-turn), an empty list (no-turns), and the first turn that cannot be
    carried. `calls` are those that an earlier part of the same conversation left open.
    """
    if isinstance(turns, str):
        turns = json_value(turns)
    if not isinstance(turns, list):
        raise Refused(
            "malformed-turn", pointer, reason=f"the turns are {kind_of(turns)}, not a list"
        )
    if not turns:
        raise Refused("no-turns", pointer)
    calls = calls or OpenCalls()
    messages: list[Message] = []
    for index, turn in enumerate(turns):
        if type(turn) is dict and len(turn) == 2 and not options.roles:
            speaker, text = turn.get("role"), turn.get("content")
            if speaker is None:
                speaker, text = turn.get("from"), turn.get("value")
            if type(speaker) is type(text) is str and text and not text.isspace():
                role = _SIMPLE.get(speaker)
                if role is not None:
                    messages.append({"role": role, "content": text})
                    continue
        messages += read_turn(turn, f"{pointer}/{index}", options, calls)
    return messages


def read_turn(
    turn: object, pointer: str, options: LayoutOptions, calls: OpenCalls
) -> list[Message]:
    """Gives the messages of one turn; several where it holds several results of tools.

    An empty turn of the user or the assistant is treated as `options.on_empty` says.
    """
    if not isinstance(turn, dict):
        raise Refused("malformed-turn", pointer, reason=f"it is {kind_of(turn)}, not an object")
    speaker = next((key for key in SPEAKER_KEYS if turn.get(key) is not None), None)
    if speaker is None:
        raise Refused("malformed-turn", pointer, reason="it names no speaker")
    role = role_of(turn[speaker], f"{pointer}/{speaker}", options)
    text_key = next((key for key in TEXT_KEYS if key in turn and key != speaker), TEXT_KEYS[0])
    content, here = turn.get(text_key), f"{pointer}/{text_key}"
    if options.unread is not None and len(turn) > 2:
        options.unread.extend(unread_keys(turn, role, (speaker, text_key)))
    if role == CALL:
        return [_calling(content, turn, here, calls)]
    parts = _NOTHING if isinstance(content, str) else _parts(content, role, here)
    said = content if isinstance(content, str) else parts.content
    if role == "tool":
        return _answers(turn, said, calls)
    messages = [
        _tool_message(*answer) for result in parts.results for answer in calls.answered(*result)
    ]
    message: Message = {"role": role, "content": said}
    if isinstance(turn.get("name"), str) and turn["name"]:
        message["name"] = turn["name"]
    if role == "assistant":
        read_assistant(message, turn, parts, pointer, calls)
    if not is_empty(message) or not messages:
        messages.append(message)
        if role in ("user", "assistant") and is_empty(message):
            filled("", options, here, role=role, column=text_key)
    return messages


def unread_keys(turn: dict[str, Any], role: str, read: tuple[str, str]) -> list[str]:
    """The keys of a turn that say something and mean nothing to any reader, beside those already read."""
    known = _KNOWN.get(role, _NAMED)
    return [
        key
        for key, value in turn.items()
        if key not in known
        and key not in read
        and value is not None
        and value not in _SAY_NOTHING
        and not (value in (0, False) and key in WEIGHT_KEYS)  # nobody else is trained on
    ]


def is_turn(value: object) -> bool:
    """True for an object that names a speaker."""
    return isinstance(value, dict) and any(key in value for key in SPEAKER_KEYS)


def _parts(content: object, role: str, pointer: str) -> Parts:
    """Gives content that is no text as parts; a tool may give back any JSON, which is then its text."""
    given_back = role in ("tool", "function")
    if isinstance(content, list) and (not given_back or are_parts(content)):
        return read_parts(content, pointer)
    if given_back and isinstance(content, dict | list):
        return Parts(text=json_text(content, pointer))
    return Parts(text=cell_text(content, pointer))


def _calling(content: object, turn: dict[str, Any], pointer: str, calls: OpenCalls) -> Message:
    """A turn that is nothing but a call, or a list of calls, as JSON text."""
    found = json_value(content) if isinstance(content, str) else content
    wanted = found if isinstance(found, list) else [found]
    if not wanted or not all(isinstance(call, dict) for call in wanted):
        raise Refused(
            "malformed-turn", pointer, reason="the call is not the JSON of a name and arguments"
        )
    message: Message = {"role": "assistant", "content": ""}
    message["tool_calls"] = [calls.read(call, pointer) for call in wanted]
    read_weight(message, turn, pointer)
    return message


def _answers(
    turn: dict[str, Any], content: str | list[dict[str, Any]], calls: OpenCalls
) -> list[Message]:
    call_id = turn.get("tool_call_id")
    if isinstance(content, str):
        messages = [_tool_message(*answer) for answer in calls.answered(call_id, content)]
    else:
        answered = calls.answered(call_id, "")[0][0]
        messages = [_tool_message(answered, content)]
    if isinstance(turn.get("name"), str) and turn["name"] and len(messages) == 1:
        messages[0]["name"] = turn["name"]
    return messages


def _tool_message(call_id: str | None, content: str | list[dict[str, Any]]) -> Message:
    message: Message = {"role": "tool", "content": content}
    if call_id is not None:
        message["tool_call_id"] = call_id
    return message
