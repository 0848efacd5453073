"""What the turns say where a target's rows hold words alone: one reading for all renderers of these."""

from __future__ import annotations

from typing import Any, NamedTuple

from ftdata.model import Example, Fault, Message
from ftdata.renderers.answers import not_carried
from ftdata.renderers.conversation import turns_to_learn

_ROLES = frozenset({"system", "user", "assistant"})


class Spoken(NamedTuple):
    """One turn: system, user or assistant, and the text."""

    role: str
    text: str


def spoken_turns(example: Example) -> list[Spoken] | Fault:
    """Gives the turns of a conversation, with the chosen answer of a pair; the texts of a turn are joined.

    A turn that holds more than words, and one of another role, is a fault. What is said of a turn (its name,
    thoughts and weight) is left out.
    """
    turns = turns_to_learn(example)
    if isinstance(turns, Fault):
        return turns
    spoken: list[Spoken] = []
    for index, message in enumerate(turns):
        texts = words_of(message)
        if isinstance(texts, str):
            return not_carried(texts, f"/messages/{index}")
        spoken.append(Spoken(message["role"], "\n".join(texts)))
    return spoken


def bare_turn(message: Message, index: int) -> dict[str, Any] | Fault:  # noqa: ARG001 - see openai-chat
    """Writes role and content, several texts as one."""
    texts = words_of(message)
    if isinstance(texts, str):
        return not_carried(texts)
    return {"role": message["role"], "content": "\n".join(texts)}


def words_of(message: Message) -> list[str] | str:
    """Gives the texts of a turn of the system, the user or the assistant, or says what else there is."""
    if message["role"] not in _ROLES:
        return f"a turn of the {message['role']}"
    return texts_of(message)


def texts_of(message: Message) -> list[str] | str:
    """Gives the texts of a turn of any role, one for each part, or says what else there is."""
    if message.get("tool_calls") or message.get("function_call"):
        return "a call"
    if message.get("refusal"):
        return "a refusal"
    content = message.get("content")
    if not isinstance(content, list):
        return [content] if content else []
    if any(part.get("type") != "text" for part in content):
        return "a part that is no text"
    return [str(part.get("text", "")) for part in content]
