"""What the renderers of rows with a prompt share: which part of an example is prompt, and which answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ftdata.model import Example, Fault, Message

#: Writes one turn, told its place; gives the fault where the target has no place for it.
Write = Callable[[Message, int], "dict[str, Any] | Fault"]


class Pair(NamedTuple):
    """Two answers to one prompt."""

    prompt: list[dict[str, Any]]
    chosen: list[dict[str, Any]]
    rejected: list[dict[str, Any]]


def pair_of(example: Example, write: Write) -> Pair | Fault:
    """Gives the written turns of a pair.

    Faults: an example that is no pair, one without a prompt, and one whose prompt ends with a reply.
    """
    if "chosen" not in example or "rejected" not in example:
        return not_carried("what has no chosen and rejected answer: it compares two")
    prompt = prompt_of(example["messages"], write)
    if isinstance(prompt, Fault):
        return prompt
    chosen = written(example["chosen"], write, at="/chosen")
    if isinstance(chosen, Fault):
        return chosen
    rejected = written(example["rejected"], write, at="/rejected")
    return rejected if isinstance(rejected, Fault) else Pair(prompt, chosen, rejected)


def prompt_of(messages: Sequence[Message], write: Write) -> list[dict[str, Any]] | Fault:
    """Gives the written turns before an answer: at least one, and the last is not the assistant's."""
    if not messages:
        return not_carried("an answer without a prompt", "/messages")
    if messages[-1]["role"] == "assistant":
        at = f"/messages/{len(messages) - 1}"
        return not_carried("a prompt that already ends with a reply", at)
    return written(messages, write, at="/messages")


def parted(example: Example) -> tuple[list[Message], Message] | Fault:
    """Gives the turns before the last reply, and that reply; of a pair the chosen one.

    A plain text and a conversation that does not end with a reply are faults.
    """
    if "messages" not in example:
        return not_carried("plain text: --instruction TEXT makes it the answer to an instruction")
    turns = [*example["messages"], *example.get("chosen", ())]
    if turns[-1]["role"] != "assistant":
        at = f"/messages/{len(turns) - 1}"
        return not_carried("a conversation that ends without a reply", at)
    return turns[:-1], turns[-1]


def written(messages: Sequence[Message], write: Write, *, at: str) -> list[dict[str, Any]] | Fault:
    """Writes turns one by one; gives the first fault. `at` points at their list."""
    lines: list[dict[str, Any]] = []
    for index, message in enumerate(messages):
        line = write(message, index)
        if isinstance(line, Fault):
            return Fault(line.name, line.params, pointer=f"{at}/{index}")
        lines.append(line)
    return lines


def not_carried(what: str, pointer: str = "") -> Fault:
    """The fault of what the target has no place for."""
    return Fault("not-carried-by-target", {"what": what}, pointer=pointer)
