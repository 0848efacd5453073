"""A whole conversation in one string: "user: ...\\nassistant: ...", "Human: ... Assistant: ..."."""

from __future__ import annotations

import re
from functools import lru_cache

from ftdata.layouts.cells import filled
from ftdata.layouts.refusal import Refused
from ftdata.layouts.roles import SPEAKERS, known_role, names_assistant, role_of
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
    marks = _marks(())
    if marks.match(text.lstrip()) is None:
        return False
    roles = {known_role(match["name"]) for match in marks.finditer(text)}
    return {"user", "assistant"} <= roles


def dialogue_turns(text: str, options: LayoutOptions) -> list[tuple[str, str]]:
    """Cuts a string into (speaker, words). Words before the first speaker have the speaker "".

    The first name seen for a role is its only name from there on: "AI: ..." within the words of the
    Assistant is no new turn.
    """
    pieces: list[tuple[str, str]] = []
    names: dict[str, str] = {}
    speaker, begin = "", 0
    for match in _marks(tuple(options.roles), any_name=names_assistant(options)).finditer(text):
        name = match["name"].casefold()
        role = known_role(name)
        if not options.roles and role is not None and names.setdefault(role, name) != name:
            continue
        pieces.append((speaker, text[begin : match.start()].strip()))
        speaker, begin = match["name"], match.end()
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
        role = role_of(speaker, pointer, options)
        if role in ("user", "assistant"):
            words = filled(words, options, pointer, role=role, column=pointer.removeprefix("/"))
        if messages and messages[-1]["role"] == role != "tool":
            messages[-1]["content"] = f"{messages[-1]['content']}\n{words}"
        else:
            messages.append({"role": role, "content": words})
    if not messages:
        raise Refused("no-turns", pointer)
    return messages


@lru_cache(maxsize=64)
def _marks(names: tuple[str, ...], *, any_name: bool = False) -> re.Pattern[str]:
    known = sorted({*opening_names(), *(name.casefold() for name in names)}, key=len, reverse=True)
    alternatives = "|".join([re.escape(name) for name in known] + [_ANY_NAME] * any_name)
    return re.compile(
        rf"(?:^[ \t]{{0,8}}|(?=\#{{2}}))(?:\#{{1,6}}[ \t]{{0,8}})?(?:\*\*|__)?"
        rf"(?P<name>{alternatives})(?:\*\*|__)?[ \t]{{0,8}}[:：](?:\*\*|__)?",
        re.IGNORECASE | re.MULTILINE,
    )
