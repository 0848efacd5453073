"""Puts an example into the form that a target's rows have room for, and names what is lost by that.

Renderers only write what fits. What fits already is given back as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from ftdata.model import Example, Fault, Message, Room, Target
from ftdata.renderers.call_fitting import fit_calls
from ftdata.renderers.images import DATA, source_of
from ftdata.renderers.older_calls import as_tools
from ftdata.renderers.system_fitting import fit_system
from ftdata.renderers.tool_fitting import fit_tools
from ftdata.renderers.turn_fitting import Unfit, fit_turn

_OLDER = frozenset({"developer", "function"})


def room_at(room: Room, target: Target) -> Room:
    """Gives the room of a renderer for one target: its facts may leave less of it."""
    facts = target.facts
    if "roles" in facts:
        named = (facts[key].value for key in ("roles", "unsure_roles") if key in facts)
        room = replace(room, roles=room.roles - _OLDER.difference(*named))
    legacy = facts.get("legacy_functions")
    if "function" not in room.roles or (legacy is not None and not legacy.value):
        room = replace(
            room,
            roles=room.roles - {"function"},
            keys=room.keys - {"function_call"},
            beside=room.beside - {"functions"},
        )
    first = facts.get("system_first")
    if first is not None and first.effect in ("reject", "drop") and room.system == "anywhere":
        room = replace(room, system="in front", one_system=True)
    if "no_repeat" in facts and "system" in facts["no_repeat"].value:
        room = replace(room, one_system=True)
    if room.images is not None and "image_sources" in facts:
        room = replace(room, images=partial(_is_taken, room.images, target))
    if "reads_refusals" in facts and not facts["reads_refusals"].value:
        room = replace(room, keys=room.keys - {"refusal"})
    if "arguments_as" in facts:
        kind = facts["arguments_as"].value
        room = replace(room, arguments="object" if kind == "object" else "text")
    last = facts.get("last_roles")
    if last is not None and last.effect in ("reject", "drop") and "rejected" not in room.beside:
        room = replace(room, ends_with_reply=last.value == ["assistant"])
    return room


def _is_taken(held: Callable[[str], bool], target: Target, url: str) -> bool:
    """True for an image that the rows can hold, from a source and of a type that the target takes."""
    if not held(url) or source_of(url) not in target.facts["image_sources"].value:
        return False
    types = target.facts.get("image_types")
    found = DATA.match(url)
    return types is None or found is None or found[1].removeprefix("image/") in types.value


def fit(example: Example, room: Room, losses: list[str]) -> Example | Fault:
    """Gives the example as the target can hold it; adds the name of each loss to `losses`.

    What cannot be put into any form that the target takes is a fault. The example is not changed.
    """
    messages = example.get("messages")
    if messages is None or _fits(example, messages, room):
        return example
    fitted: Example = {**example}
    if "chosen" in example and "rejected" not in room.beside:
        messages = fitted["messages"] = [*messages, *fitted.pop("chosen")]
    if room.reply == "needed" and not _has_reply([*messages, *fitted.get("chosen", ())]):
        return Fault("not-carried-by-target", {"what": "a conversation without any reply"})
    if room.ends_with_reply:
        messages = fitted["messages"] = _to_last_reply(messages, losses)
    lists: list[tuple[str, list[Message]]] = [("messages", messages)]
    if "chosen" in fitted:
        lists += [("chosen", fitted["chosen"]), ("rejected", fitted.get("rejected", []))]
    for key, turns in lists:
        found = _turns(turns, room, losses, at=key)
        if isinstance(found, Fault):
            return found
        fitted[key] = found  # type: ignore[literal-required]
    _beside(fitted, room, losses)
    if room.reply == "reference":
        losses += ["reply-as-reference"] * (messages[-1]["role"] == "assistant")
    return fitted


def _fits(example: Example, messages: list[Message], room: Room) -> bool:
    """True where everything is certain to fit as it is, which is quickly told."""
    if len(example) > 1 and not example.keys() <= room.certain_beside:
        return False
    replied = room.reply == "any"
    keys = room.certain_keys
    for index, message in enumerate(messages):
        if type(message.get("content")) is not str:
            return False
        if len(message) > 2 and not message.keys() <= keys:
            return False
        role = message["role"]
        if role == "assistant":
            replied = True
        elif role != "user" and role not in (room.certain_roles if index else room.certain_first):
            return False
    if room.ends_with_reply and messages[-1]["role"] != "assistant":
        return False
    return replied and room.reply != "reference"


def _has_reply(messages: Iterable[Message]) -> bool:
    return any(message["role"] == "assistant" for message in messages)


def _to_last_reply(messages: list[Message], losses: list[str]) -> list[Message]:
    """The turns up to the last reply; all where there is none."""
    said = (at for at in reversed(range(len(messages))) if messages[at]["role"] == "assistant")
    end = next(said, len(messages) - 1) + 1
    losses += ["turns-behind-reply-dropped"] * (len(messages) - end)
    return messages[:end]


def _turns(
    turns: list[Message], room: Room, losses: list[str], *, at: str
) -> list[Message] | Fault:
    if "function_call" not in room.keys and "tool_calls" in room.keys:
        turns = as_tools(turns, losses)
    fitted: list[Message] = []
    try:
        for message in turns:
            fitted.append(fit_turn(message, room, losses))  # noqa: PERF401 - how many fit is asked below
        turns = fit_calls(fitted, room, losses)
        return fit_system(turns, room, losses, in_front=at == "messages")
    except Unfit as unfit:
        pointer = f"/{at}/{len(fitted) if unfit.index is None else unfit.index}"
        return Fault("not-carried-by-target", {"what": unfit.what}, pointer=pointer)


def _beside(example: Example, room: Room, losses: list[str]) -> None:
    """Drops what stands beside the turns and has no place."""
    fit_tools(example, room, losses)
    if "parallel_tool_calls" in example and "parallel_tool_calls" not in room.beside:
        del example["parallel_tool_calls"]
        losses.append("parallel-setting-dropped")
    if "rejected" in example and "rejected" not in room.beside:
        del example["rejected"]
        losses.append("rejected-dropped")
    if example.get("label") is True and "label" not in room.beside:
        del example["label"]
        losses.append("label-dropped")
