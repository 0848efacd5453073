"""Rows for each target: good ones, and the same with one fault each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from ftdata.catalog.target_catalog import load_target
from ftdata.model import Fault, Target, TurnView
from ftdata.renderers.registry import renderer_named

Row = dict[str, Any]
Turns = list[Any]

SYSTEM = {"role": "system", "content": "You are short."}
ASKED = [
    {"role": "user", "content": "Are you open on Sunday?"},
    {"role": "assistant", "content": "No, on Sunday we rest."},
]
AGAIN = [
    {"role": "user", "content": "And on Monday?"},
    {"role": "assistant", "content": "From nine to six."},
]
CALL = {
    "id": "aB3dE5fG7",
    "type": "function",
    "function": {"name": "stock", "arguments": '{"n": 1}'},
}
CALLED = [
    {"role": "user", "content": "Is there any twine?"},
    {"role": "assistant", "content": "", "tool_calls": [CALL]},
    {"role": "tool", "content": "12", "tool_call_id": "aB3dE5fG7"},
    {"role": "assistant", "content": "Yes, twelve rolls."},
]
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "stock",
            "description": "How many there are.",
            "parameters": {"type": "object", "properties": {"n": {"type": "integer"}}},
        },
    }
]

#: Other values for a column or a part of a turn, by the words for them.
OTHER_VALUES = {
    "null": None,
    "a number": 7,
    "empty": "",
    "a list": ["Well."],
    "an object": {"well": "Well."},
    "text": "Well.",
}


def rows_for(target_id: str) -> dict[str, Row]:
    """Rows of a target by what is the matter with them; those that begin with "good" have no fault."""
    target = load_target(target_id)
    good = dict(_good_rows(target))
    rows = dict(good)
    base = good.get("good: two rounds") or good["good"]
    rows.update(_faults_of_columns(base))
    if target.turns is not None or "messages" in base:
        rows.update(_faults_of_turns(base, target.turns or TurnView()))
    return rows


def _good_rows(target: Target) -> Iterator[tuple[str, Row]]:
    """What the target's renderer makes of some examples; those that it cannot carry are left out."""
    answered = {"messages": [*ASKED, AGAIN[0]]}
    pair = {**answered, "chosen": [AGAIN[1]], "rejected": [{"role": "assistant", "content": "No."}]}
    examples: dict[str, Any] = {
        "text": {"good": {"text": "Twine is sold by the roll."}},
        "dpo": {"good": pair},
        "kto": {
            "good": {"messages": [*ASKED, *AGAIN], "label": True},
            "good: undesired": {"messages": ASKED, "label": False},
        },
    }.get(
        target.method,
        {
            "good": {"messages": ASKED},
            "good: two rounds": {"messages": [*ASKED, *AGAIN]},
            "good: with a system turn": {"messages": [SYSTEM, *ASKED]},
            "good: with a call": {"messages": CALLED, "tools": TOOLS},
        },
    )
    for name, example in examples.items():
        row = renderer_named(target.renderer).render(example)
        if not isinstance(row, Fault):
            yield name, row


def _faults_of_columns(good: Row) -> Iterator[tuple[str, Row]]:
    """Each column missing, and with values of other kinds; one column more."""
    for column, value in good.items():
        yield f"{column}: missing", {key: good[key] for key in good if key != column}
        for words, other in OTHER_VALUES.items():
            if type(other) is not type(value) or not other:
                yield f"{column}: {words}", {**good, column: other}
    yield "another column", {**good, "note": "from the shop"}


def _faults_of_turns(good: Row, view: TurnView) -> Iterator[tuple[str, Row]]:
    """The turns in a wrong order or of a wrong kind, in the names of the target."""
    own = {ours: theirs for theirs, ours in reversed([*view.roles.items()])}
    role, content = view.role, view.content

    def turn(speaker: str, said: object = "Well.") -> Row:
        return {role: own.get(speaker, speaker), content: said}

    def with_value(index: int, key: str, value: object) -> Callable[[Turns], Turns]:
        return lambda turns: [
            {**one, key: value} if number == index % len(turns) else one
            for number, one in enumerate(turns)
        ]

    def without(index: int, key: str) -> Callable[[Turns], Turns]:
        return lambda turns: [
            {name: one[name] for name in one if number != index % len(turns) or name != key}
            for number, one in enumerate(turns)
        ]

    changes: dict[str, Callable[[Turns], Turns]] = {
        "a turn that is text": lambda turns: [*turns[:-1], "Well."],
        "a turn that is null": lambda turns: [*turns[:-1], None],
        "the user alone": lambda turns: turns[:1],
        "the assistant alone": lambda _: [turn("assistant")],
        "the system and the assistant": lambda _: [turn("system"), turn("assistant")],
        "the system alone": lambda _: [turn("system")],
        "the assistant first": lambda turns: [turn("assistant"), *turns],
        "the user last": lambda turns: [*turns, turn("user")],
        "the user twice": lambda turns: [turns[0], *turns],
        "the assistant twice": lambda turns: [*turns[:2], turn("assistant"), *turns[2:]],
        "the system twice": lambda turns: [turn("system"), turn("system"), *turns],
        "the system late": lambda turns: [*turns[:2], turn("system"), *turns[2:]],
        "a tool without a call": lambda turns: [*turns[:1], turn("tool"), *turns[1:]],
        "an unknown speaker": with_value(0, role, "narrator"),
        "a developer": lambda turns: [turn("developer"), *turns],
        "a reply without its speaker": without(-1, role),
        "a reply without content": without(-1, content),
        "a question without content": without(0, content),
        "a speaker that is null": with_value(-1, role, None),
        "a speaker that is a number": with_value(-1, role, 7),
        "another key in a turn": with_value(-1, "note", "from the shop"),
        "a question in parts": with_value(0, content, [{"type": "text", "text": "Well?"}]),
        "a reply in parts": with_value(1, content, [{"type": "text", "text": "Well."}]),
        "a part without its text": with_value(0, content, [{"type": "text"}]),
    }
    for words, value in OTHER_VALUES.items():
        if words != "text":
            changes[f"a reply that is {words}"] = with_value(1, content, value)
            changes[f"a question that is {words}"] = with_value(0, content, value)
    for name, change in changes.items():
        yield name, _changed(good, view.at, change)


def _changed(row: Row, at: str, change: Callable[[Turns], Turns]) -> Row:
    """The row with its list of turns changed."""
    copy = deepcopy(row)
    *path, last = at.split("/")[1:]
    holder = copy
    for key in path:
        holder = holder[key]
    holder[last] = change(holder[last])
    return copy
