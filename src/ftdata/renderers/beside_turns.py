"""What renderers share that write the system text beside the turns, and have roles for two speakers only."""

from __future__ import annotations

from ftdata.model import Example, Fault, Message

_SYSTEM = frozenset({"system", "developer"})


def system_and_turns(example: Example) -> tuple[list[str], list[Message]] | Fault:
    """Gives the texts of the system turns at the front, and all other turns with the chosen answer.

    Faults are plain text, an undesirable answer, and a system turn behind another speaker,
    and a conversation without any.
    """
    if "messages" not in example:
        what = "plain text: --instruction TEXT makes it the answer to an instruction"
        return Fault("not-carried-by-target", {"what": what})
    if example.get("label") is False:
        return Fault("undesirable-answer")
    messages = [*example["messages"], *example.get("chosen", [])]
    front = next(
        (at for at, message in enumerate(messages) if message["role"] not in _SYSTEM),
        len(messages),
    )
    if front == len(messages):
        return not_carried("system turns alone", 0)
    for index in range(front, len(messages)):
        if messages[index]["role"] in _SYSTEM:
            return not_carried("a system turn behind other turns", index)
    system: list[str] = []
    for index in range(front):
        texts = texts_of(messages[index])
        if texts is None:
            return not_carried("a part of a system turn that is no text", index)
        system += texts
    return [text for text in system if text], messages[front:]


def without_tools(example: Example) -> Fault | None:
    """Gives the fault of an example with tools or calls, for targets without a place for them.

    Tools that are declared only make a fault too: what the model may call is part of what it is told.
    """
    for key in ("tools", "functions"):
        if example.get(key):
            return Fault("not-carried-by-target", {"what": "tools"})
    for index, message in enumerate([*example.get("messages", []), *example.get("chosen", [])]):
        if message["role"] in ("tool", "function"):
            return not_carried("the result of a tool", index)
        if message.get("tool_calls") or message.get("function_call"):
            return not_carried("a call of a tool", index)
    return None


def without_weights(messages: list[Message], before: int) -> Fault | None:
    """Gives the fault of a reply that is to be left out of the training; `before`: system turns."""
    for index, message in enumerate(messages, start=before):
        if message.get("weight", 1) != 1:
            return not_carried("a weight other than 1", index)
        if message.get("refusal"):
            return not_carried("a refusal", index)
    return None


def texts_of(message: Message) -> list[str] | None:
    """Gives the texts of a turn, one or one for each part; None where a part is no text."""
    content = message.get("content")
    if content is None:
        return []
    if isinstance(content, str):
        return [content]
    if any(part.get("type") != "text" for part in content):
        return None
    return [str(part.get("text", "")) for part in content]


def not_carried(what: str, index: int) -> Fault:
    """The fault of a turn, by its place among the messages of the example."""
    return Fault("not-carried-by-target", {"what": what}, pointer=f"/messages/{index}")
