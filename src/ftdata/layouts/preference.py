"""Preference pairs: two answers to the same conversation, one chosen, one rejected.

The answers are texts, turns, or lists of turns; as full conversations they share their first turns. The
context is a text or turns under `prompt` and its like, or OpenAI's `input` object.
"""

from __future__ import annotations

from typing import Any

from ftdata.layouts.calls import OpenCalls
from ftdata.layouts.cells import cell_text, filled, pointer_to
from ftdata.layouts.conversations import turns_of
from ftdata.layouts.dialogue import is_dialogue, read_dialogue
from ftdata.layouts.names import find_key, lacks_keys
from ftdata.layouts.refusal import Refused, giving_faults
from ftdata.layouts.system import asked_system_turn, system_turn
from ftdata.layouts.tools import add_tools, tool_keys
from ftdata.layouts.turns import is_turn, read_turn, read_turns
from ftdata.model import Example, Layout, LayoutOptions, Message

COLUMNS = {
    "chosen": (
        *("chosen", "preferred_output", "preferred", "preferred_completion", "accepted"),
        *("response_chosen", "chosen_response", "text"),
    ),
    "rejected": (
        *("rejected", "non_preferred_output", "non_preferred", "non_preferred_completion"),
        *("response_rejected", "rejected_response", "rejected_text"),
    ),
    "prompt": ("prompt", "instruction", "question", "input", "query", "conversations", "messages"),
    "system": ("system", "system_prompt"),
}


def recognises(record: Any) -> bool:
    """True for a chosen and a rejected answer, with a context, or as two whole conversations."""
    if not isinstance(record, dict):
        return False
    keys = _keys(record, LayoutOptions())
    if not {"chosen", "rejected"} <= keys.keys():
        return False
    answers = [record[keys["chosen"]], record[keys["rejected"]]]
    if not all(_is_answer(answer) for answer in answers):
        return False
    return "prompt" in keys or all(
        turns_of(answer) is not None or (isinstance(answer, str) and is_dialogue(answer))
        for answer in answers
    )


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example:
    """Gives the shared context as `messages`, and what differs as `chosen` and `rejected`."""
    keys = _keys(record, options) if isinstance(record, dict) else {}
    missing = [role for role in ("chosen", "rejected") if role not in keys]
    if missing:
        raise lacks_keys("preference", missing, record)
    chosen = _answer(record[keys["chosen"]], keys["chosen"], options)
    rejected = _answer(record[keys["rejected"]], keys["rejected"], options)
    shared = _shared(chosen, rejected)
    messages = _joined(_context(record, keys, shared > 0, options), chosen[:shared])
    if all(message["role"] == "system" for message in messages):
        reason = "the two answers share no first turn, and there is no prompt"
        raise Refused("malformed-turn", pointer_to(keys["chosen"]), reason=reason)
    example: Example = {"messages": messages}
    for role, answer in (("chosen", chosen), ("rejected", rejected)):
        if all(message["role"] != "assistant" for message in answer[shared:]):
            raise Refused("no-turns", pointer_to(keys[role]))
    example["chosen"], example["rejected"] = chosen[shared:], rejected[shared:]
    given = record.get(keys.get("prompt", ""))
    return add_tools(example, given if isinstance(given, dict) else record, options)


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:
    """The context, both answers, the system text and the tools."""
    if not isinstance(record, dict):
        return frozenset()
    return frozenset({*_keys(record, options).values(), *tool_keys(record, options)})


def _keys(record: dict[str, Any], options: LayoutOptions) -> dict[str, str]:
    found = {
        role: find_key(record, role, names, options.columns) for role, names in COLUMNS.items()
    }
    if found["chosen"] == "text" and found["rejected"] != "rejected_text":
        found["chosen"] = None  # only AutoTrain calls the chosen answer "text"
    if found["prompt"] == "instruction" and isinstance(record.get("input"), str):
        found["input"] = "input"
    return {role: key for role, key in found.items() if key is not None}


def _context(
    record: dict[str, Any], keys: dict[str, str], shared: bool, options: LayoutOptions
) -> list[Message]:
    """The turns before the answers; none where the answers themselves begin with them."""
    system = asked_system_turn(record, options)
    if not system and "system" in keys:
        system = system_turn(record[keys["system"]], pointer_to(keys["system"]))
    if "prompt" not in keys:
        return system
    column = keys["prompt"]
    prompt, pointer = record[column], pointer_to(column)
    if isinstance(prompt, dict):
        return [*system, *read_turns(prompt.get("messages"), f"{pointer}/messages", options)]
    if isinstance(prompt, list) or turns_of(prompt) is not None:
        return [*system, *read_turns(prompt, pointer, options)]
    text = cell_text(prompt, pointer)
    if "input" in keys:
        text = "\n".join(part for part in (text, record[keys["input"]]) if part.strip())
    if shared and not text.strip():
        return system
    content = filled(text, options, pointer, role="user", column=column)
    return [*system, {"role": "user", "content": content}]


def _answer(answer: Any, column: str, options: LayoutOptions) -> list[Message]:
    pointer = pointer_to(column)
    if isinstance(answer, dict):
        return read_turn(answer, pointer, options, OpenCalls())
    if isinstance(answer, list) or turns_of(answer) is not None:
        return read_turns(answer, pointer, options)
    if isinstance(answer, str) and is_dialogue(answer):
        return read_dialogue(answer, pointer, options)
    text = filled(cell_text(answer, pointer), options, pointer, role="assistant", column=column)
    return [{"role": "assistant", "content": text}]


def _shared(chosen: list[Message], rejected: list[Message]) -> int:
    """How many first turns both answers have in common; the last turn of each is never shared."""
    most = min(len(chosen), len(rejected)) - 1
    return next((at for at in range(most) if chosen[at] != rejected[at]), most)


def _joined(context: list[Message], shared: list[Message]) -> list[Message]:
    """Puts the context before the shared turns, unless these repeat it."""
    above, before = _parted(context)
    system, turns = _parted(shared)
    return [*(system or above), *(turns if turns[: len(before)] == before else before + turns)]


def _parted(messages: list[Message]) -> tuple[list[Message], list[Message]]:
    """The system turns at the beginning, and the others."""
    spoken = (at for at, message in enumerate(messages) if message["role"] != "system")
    begin = next(spoken, len(messages))
    return messages[:begin], messages[begin:]


def _is_answer(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and is_turn(value[0])
    return isinstance(value, str) or value is None or is_turn(value)


LAYOUT = Layout(
    name="preference",
    title="preference pairs: prompt, chosen, rejected",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
)
