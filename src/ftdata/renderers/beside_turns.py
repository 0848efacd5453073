"""What renderers share that write the system text beside the turns, and have roles for two speakers only."""

from __future__ import annotations

from ftdata.model import Example, Fault, Message
from ftdata.renderers.conversation import turn_not_carried, turns_to_learn
from ftdata.renderers.words import texts_of

_SYSTEM = frozenset({"system", "developer"})


def system_and_turns(example: Example) -> tuple[list[str], list[tuple[int, Message]]] | Fault:
    """Gives the texts of the system turns at the front, and all other turns, each with its place.

    The chosen answer is the last of them. Faults are plain text, an undesirable answer, a system turn behind
    another speaker, a conversation without any other, weights other than 1, and refusals.
    """
    messages = turns_to_learn(example)
    if isinstance(messages, Fault):
        return messages
    front = next(
        (at for at, message in enumerate(messages) if message["role"] not in _SYSTEM),
        len(messages),
    )
    if front == len(messages):
        return turn_not_carried("system turns alone", 0)
    for index in range(front, len(messages)):
        if messages[index]["role"] in _SYSTEM:
            return turn_not_carried("a system turn behind other turns", index)
    system: list[str] = []
    for index in range(front):
        texts = texts_of(messages[index])
        if isinstance(texts, str):
            return turn_not_carried(f"{texts}, in a system turn", index)
        system += texts
    turns = [*enumerate(messages)][front:]
    for index, message in turns:
        if message.get("weight", 1) != 1:
            return turn_not_carried("a weight other than 1", index)
        if message.get("refusal"):
            return turn_not_carried("a refusal", index)
    return [text for text in system if text], turns


def without_tools(example: Example) -> Fault | None:
    """Gives the fault of an example with tools or calls, for targets without a place for them.

    Tools that are declared only make a fault too: what the model may call is part of what it is told.
    """
    for key in ("tools", "functions"):
        if example.get(key):
            return Fault("not-carried-by-target", {"what": "tools"})
    for index, message in enumerate([*example.get("messages", []), *example.get("chosen", [])]):
        if message["role"] in ("tool", "function"):
            return turn_not_carried("the result of a tool", index)
        if message.get("tool_calls") or message.get("function_call"):
            return turn_not_carried("a call of a tool", index)
    return None
