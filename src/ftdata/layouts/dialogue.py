"""A whole conversation in one string: "user: ...\\nassistant: ...", "Human: ... Assistant: ..."."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ftdata.layouts.cells import filled
from ftdata.layouts.refusal import Refused
from ftdata.layouts.roles import (
    SPEAKERS,
    known_role,
    names_assistant,
    role_in_text,
    unknown_speaker,
)
from ftdata.model import LayoutOptions, Message

#: Roles whose names may open a turn; "model:" and "environment:" open too many other lines.
_OPENING = {
    "system": SPEAKERS["system"],
    "user": SPEAKERS["user"],
    "assistant": tuple(name for name in SPEAKERS["assistant"] if name != "model"),
    "tool": ("tool",),
}

#: One to three words that begin like a name; who they are is said by --speaker.
_ANY_NAME = r"(?-i:[^\W\d_a-z][\w.'-]{0,30}(?: [\w.'-]{1,30}){0,2})"


def opening_names() -> tuple[str, ...]:
    """The names that open a turn in running text, whoever wrote it."""
    return tuple(name for names in _OPENING.values() for name in names)


def is_dialogue(text: str) -> bool:
    """True for a string that starts with a speaker and in which both sides speak."""
    begin = len(text) - len(text.lstrip())
    first = _patterns(())[0].match("\n" + text[begin : begin + 100])
    if first is None:
        return False
    return {"user", "assistant"} <= {known_role(mark.name) for mark in _marks(text, ())}


def dialogue_turns(text: str, options: LayoutOptions) -> list[tuple[str, str]]:
    """Cuts a string into (speaker, words). Words before the first speaker have the speaker "".

    The first name seen for a role is its only name from there on: "AI: ..." within the words of the
    Assistant is no new turn.
    """
    pieces: list[tuple[str, str]] = []
    names: dict[str, str] = {}
    speaker, begin = "", 0
    for mark in _marks(text, tuple(options.roles), any_name=names_assistant(options)):
        name = mark.name.casefold()
        role = known_role(name)
        if not options.roles and role is not None and names.setdefault(role, name) != name:
            continue
        pieces.append((speaker, text[begin : mark.begin].strip()))
        speaker, begin = mark.name, mark.end
    pieces.append((speaker, text[begin:].strip()))
    return pieces if pieces[0][1] else pieces[1:]


def read_dialogue(text: str, pointer: str, options: LayoutOptions) -> list[Message]:
    """Gives the messages of a conversation in one string.

    Refuses with no-turns where nobody speaks, and with malformed-turn for words before the first speaker.
    Consecutive words of one role are one message.
    """
    messages: list[Message] = []
    for speaker, words in dialogue_turns(text, options):
        if not speaker:
            raise Refused("malformed-turn", pointer, reason="it starts with words of nobody")
        role = role_in_text(speaker, options)
        if role is None:
            raise unknown_speaker(speaker, pointer, options)
        if role in ("user", "assistant"):
            words = filled(words, options, pointer, role=role, column=pointer.removeprefix("/"))
        if messages and messages[-1]["role"] == role != "tool":
            messages[-1]["content"] = f"{messages[-1]['content']}\n{words}"
        else:
            messages.append({"role": role, "content": words})
    if not messages:
        raise Refused("no-turns", pointer)
    return messages


class _Mark(NamedTuple):
    """Where a turn is opened: from `begin` up to the words at `end`."""

    end: int
    begin: int
    name: str


def _marks(text: str, names: tuple[str, ...], *, any_name: bool = False) -> list[_Mark]:
    at_line, within = _patterns(names, any_name=any_name)
    found = {
        match.end() - 1: _Mark(match.end() - 1, max(match.start() - 1, 0), match["name"])
        for match in at_line.finditer("\n" + text)
    }
    if "##" in text:
        for match in within.finditer(text):
            found.setdefault(match.end(), _Mark(match.end(), match.start(), match["name"]))
    return sorted(found.values())


@lru_cache(maxsize=64)
def _patterns(
    names: tuple[str, ...], *, any_name: bool = False
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Marks at the beginning of a line, and `### Name:` within one.

    Both begin with fixed text, which is searched for much faster than the beginning of a line.
    """
    known = sorted({*opening_names(), *(name.casefold() for name in names)}, key=len, reverse=True)
    alternatives = "|".join([re.escape(name) for name in known] + [_ANY_NAME] * any_name)
    name = rf"(?:\*\*|__)?(?P<name>{alternatives})(?:\*\*|__)?[ \t]{{0,8}}[:：](?:\*\*|__)?"
    return (
        re.compile(rf"\n[ \t]{{0,8}}(?:\#{{1,6}}[ \t]{{0,8}})?{name}", re.IGNORECASE),
        re.compile(rf"\#\#\#{{0,4}}[ \t]{{0,8}}{name}", re.IGNORECASE),
    )
