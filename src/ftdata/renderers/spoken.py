"""What all renderers share whose lines hold words only: who says what, without calls, tools and images."""

from __future__ import annotations

from typing import NamedTuple

from ftdata.model import Example, Fault, Message
from ftdata.renderers.conversation import turn_not_carried, turns_to_learn


class Spoken(NamedTuple):
    """One turn: system, user or assistant, and the text."""

    role: str
    text: str


_ROLES = frozenset({"system", "user", "assistant"})
_CALLING = ("tool_calls", "function_call", "refusal")


def spoken_turns(example: Example) -> list[Spoken] | Fault:
    """Gives the turns of a conversation, with the chosen answer of a pair; text parts are joined.

    A turn that holds more than words, and one of another role, is a fault. What is said of a turn (its name,
    thoughts and weight) is left out.
    """
    turns = turns_to_learn(example)
    if isinstance(turns, Fault):
        return turns
    spoken: list[Spoken] = []
    for index, message in enumerate(turns):
        text = spoken_text(message)
        if message["role"] not in _ROLES:
            return turn_not_carried(f"a turn of the role {message['role']}", index)
        if text is None:
            return turn_not_carried("more than words: a call, an image or a refusal", index)
        spoken.append(Spoken(message["role"], text))
    return spoken


def spoken_text(message: Message) -> str | None:
    """The words of a turn that has nothing else; None for any other."""
    if any(message.get(key) for key in _CALLING):
        return None
    content = message.get("content")
    if content is None or isinstance(content, str):
        return content or ""
    if all(part.get("type") == "text" for part in content):
        return "\n".join(str(part.get("text", "")) for part in content)
    return None
