"""What all renderers of conversations share: the order of keys, and which examples are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from ftdata.model import Example, Fault, Message

_BESIDE: tuple[Literal["tools", "functions", "parallel_tool_calls"], ...] = (
    *("tools", "functions", "parallel_tool_calls"),
)
_FLAT_ROLES = frozenset({"system", "developer", "tool", "function"})


def conversation_of(
    example: Example, write: Callable[[Message, int], dict[str, Any] | Fault]
) -> dict[str, Any] | Fault:
    """Gives the row of a conversation, each of its messages as `write` writes it, told its place.

    Of a preference pair the chosen answer is carried, the rejected one is not. An answer that was judged
    undesirable, and a plain text, are faults.
    """
    turns = turns_to_learn(example)
    if isinstance(turns, Fault):
        return turns
    messages: list[dict[str, Any]] = []
    for index, message in enumerate(turns):
        written = write(message, index)
        if isinstance(written, Fault):
            return written
        messages.append(written)
    row: dict[str, Any] = {"messages": messages}
    if len(example) > 1:
        row.update((key, example[key]) for key in _BESIDE if key in example)
    return row


def turn_not_carried(what: str, index: int) -> Fault:
    """The fault of a turn, by its place among the messages of the example."""
    return Fault("not-carried-by-target", {"what": what}, pointer=f"/messages/{index}")


def turns_to_learn(example: Example) -> list[Message] | Fault:
    """Gives the turns of a conversation that is to be imitated; all else is a fault.

    Of a preference pair the chosen answer is carried, the rejected one is not.
    """
    if "messages" not in example:
        what = "plain text: --instruction TEXT makes it the answer to an instruction"
        return Fault("not-carried-by-target", {"what": what})
    if example.get("label") is False:
        return Fault("undesirable-answer")
    turns = example["messages"]
    if "chosen" in example:
        turns = [*turns, *example["chosen"]]
    return turns


def message_line(message: Message, keys: Iterable[str]) -> dict[str, Any]:
    """Gives the message with the keys it has, in the order of `keys`, and never a null content.

    Lists of text parts of a system or a tool turn become one text: not all trainers take the list.
    """
    content = message.get("content")
    if type(content) is str and len(message) == 2:  # as most are, and the keys begin with these
        return {"role": message["role"], "content": content}
    found: dict[str, Any] = {**message, "content": _content(message)}
    return {key: found[key] for key in keys if found.get(key) is not None}


def _content(message: Message) -> str | list[dict[str, Any]]:
    content = message.get("content")
    if content is None:
        return ""
    if isinstance(content, str) or message["role"] not in _FLAT_ROLES:
        return content
    if all(part.get("type") == "text" for part in content):
        return "\n".join(str(part.get("text", "")) for part in content)
    return content
