"""Tables with a question and an answer in each row: what their layouts share.

A layout of this kind is data: which column names play which role.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

from ftdata.layouts.calls import OpenCalls
from ftdata.layouts.cells import cell_text, filled, json_list, kind_of, pointer_to
from ftdata.layouts.names import find_key, lacks_keys, normal
from ftdata.layouts.refusal import Refused, giving_faults
from ftdata.layouts.system import asked_system_turn, asked_text_turns, system_turn
from ftdata.layouts.tools import add_tools, tool_keys
from ftdata.layouts.turns import is_turn, read_turns
from ftdata.model import Example, Layout, LayoutOptions, Message, TextTurn


@dataclass(frozen=True, eq=False)
class Table:
    """Which columns play which role, best name first; compared without case, spaces and underscores.

    `user` and `assistant` must be there, the others may be. `context` is joined to the question by
    `joint`, before or after it.
    """

    name: str
    user: tuple[str, ...]
    assistant: tuple[str, ...]
    context: tuple[str, ...] = ()
    system: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    joint: str = "\n"
    context_first: bool = False

    def roles(self) -> dict[str, tuple[str, ...]]:
        """The names by role; a role without names can still be given a column with --map."""
        return {
            "user": self.user,
            "assistant": self.assistant,
            "context": self.context,
            "system": self.system,
            "history": self.history,
        }


def layout_of(table: Table, title: str) -> Layout:
    """Makes the layout of a table."""

    def recognises(record: Any) -> bool:
        if not isinstance(record, dict):
            return False
        columns = _reading(table, record, {}).columns
        return {"user", "assistant"} <= columns.keys() and all(
            _is_spoken(record[columns[role]]) for role in ("user", "assistant")
        )

    @giving_faults
    def to_example(record: Any, options: LayoutOptions) -> Example:
        return _read(table, record, options)

    def uses(record: Any, options: LayoutOptions) -> frozenset[str]:
        if not isinstance(record, dict):
            return frozenset()
        columns, _, used = _reading(table, record, options.columns)
        return used | tool_keys(record, options) if _has_turns(record, columns) else used

    def turns(keys: Sequence[str], options: LayoutOptions) -> tuple[TextTurn, ...] | None:
        return _turns(table, keys, options)

    return Layout(table.name, title, recognises, to_example, uses, turns)


def _read(table: Table, record: Any, options: LayoutOptions) -> Example:
    if not isinstance(record, dict):
        raise lacks_keys(table.name, _missing(table, {}, options.columns), record)
    columns, missing, _ = _reading(table, record, options.columns)
    if missing:
        raise lacks_keys(table.name, missing, record)
    messages = asked_system_turn(record, options)
    if "system" in columns and not messages:
        messages = system_turn(record[columns["system"]], pointer_to(columns["system"]))
    question, answer = record[columns["user"]], record[columns["assistant"]]
    calls = OpenCalls()
    if "history" in columns:
        messages += _history(record[columns["history"]], columns["history"], options, calls)
    if "context" in columns and not isinstance(question, list):
        about = columns["context"]
        texts = _text(question, columns["user"]), _text(record[about], about)
        question = _with_context(table, *texts)
    messages += _spoken(question, "user", columns["user"], options, calls)
    messages += _spoken(answer, "assistant", columns["assistant"], options, calls)
    example: Example = {"messages": messages}
    return add_tools(example, record, options) if _has_turns(record, columns) else example


def _has_turns(record: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
    """True where the question or the answer is a list of turns, beside which tools may be declared."""
    roles = ("user", "assistant")
    return any(isinstance(record[columns[role]], list) for role in roles if role in columns)


def _turns(
    table: Table, keys: Sequence[str], options: LayoutOptions
) -> tuple[TextTurn, ...] | None:
    columns, missing, _ = _reading(table, dict.fromkeys(keys), options.columns)
    if missing or "history" in columns:
        return None
    found = asked_text_turns(keys, options)
    if "system" in columns and not found:
        found = [TextTurn("system", (columns["system"],))]
    if "context" in columns:
        both = (columns["user"], columns["context"])
        found.append(TextTurn("user", both, partial(_with_context, table)))
    else:
        found.append(TextTurn("user", (columns["user"],)))
    found.append(TextTurn("assistant", (columns["assistant"],)))
    return tuple(turn for turn in found if turn) if all(found) else None


def _with_context(table: Table, question: str, about: str) -> str:
    """The question and what it is about, as far as they say something."""
    first, second = (about, question) if table.context_first else (question, about)
    if not second or second.isspace():
        return "" if first.isspace() else first
    return second if not first or first.isspace() else f"{first}{table.joint}{second}"


def _spoken(
    value: Any, role: str, column: str, options: LayoutOptions, calls: OpenCalls
) -> list[Message]:
    """The turns of a cell: its text, or the turns that it lists."""
    if isinstance(value, list):
        return read_turns(value, pointer_to(column), options, calls)
    text = _text(value, column)
    if not text or text.isspace():
        text = filled(text, options, pointer_to(column), role=role, column=column)
    return [{"role": role, "content": text}]


def _text(value: Any, column: str) -> str:
    return value if type(value) is str else cell_text(value, pointer_to(column))


def _history(value: Any, column: str, options: LayoutOptions, calls: OpenCalls) -> list[Message]:
    """Earlier rounds: [question, answer] pairs, or turns; also as JSON text."""
    pointer = pointer_to(column)
    rounds = json_list(value)
    if rounds is None:
        raise Refused(
            "malformed-turn", pointer, reason=f"the history is {kind_of(value)}, not a list"
        )
    if rounds and is_turn(rounds[0]):
        return read_turns(rounds, pointer, options, calls)
    messages: list[Message] = []
    for index, pair in enumerate(rounds):
        here = f"{pointer}/{index}"
        if not isinstance(pair, list) or len(pair) != 2:
            raise Refused("malformed-turn", here, reason="it is not a pair of question and answer")
        for place, role in enumerate(("user", "assistant")):
            text = cell_text(pair[place], f"{here}/{place}")
            content = filled(text, options, f"{here}/{place}", role=role, column=column)
            messages.append({"role": role, "content": content})
    return messages


def _is_spoken(value: Any) -> bool:
    """True for what can be a question or an answer: a cell, or a list of turns."""
    if isinstance(value, list):
        return bool(value) and is_turn(value[0])
    return not isinstance(value, dict)


class _Reading(NamedTuple):
    """What is known of a record by its keys alone."""

    columns: dict[str, str]  # role -> column
    missing: list[str]
    used: frozenset[str]


def _reading(table: Table, record: Mapping[str, Any], chosen: Mapping[str, str]) -> _Reading:
    return _reading_of(table, tuple(record), tuple(sorted(chosen.items())) if chosen else ())


@lru_cache(maxsize=512)
def _reading_of(
    table: Table, keys: tuple[str, ...], chosen: tuple[tuple[str, str], ...]
) -> _Reading:
    """Remembered: the rows of a table have the same columns."""
    record: dict[str, Any] = dict.fromkeys(keys)
    found = {
        role: find_key(record, role, names, dict(chosen)) for role, names in table.roles().items()
    }
    columns = {role: column for role, column in found.items() if column is not None}
    letters = [role for role in ("user", "assistant") if _is_letter(columns.get(role, ""))]
    if len(letters) == 1 and not chosen:
        del columns[letters[0]]
    return _Reading(columns, _missing(table, columns, dict(chosen)), frozenset(columns.values()))


def _missing(table: Table, columns: Mapping[str, str], chosen: Mapping[str, str]) -> list[str]:
    """The columns that --map names or the layout needs, and that are not there."""
    missing: list[str] = []
    for role, names in table.roles().items():
        if role in columns:
            continue
        named = [chosen[name] for name in (role, *names[:1]) if name in chosen]
        missing += named or (names[:1] if role in ("user", "assistant") else ())
    return missing


def _is_letter(column: str) -> bool:
    """True for Q, A and the like: beside a full name they are the options of a quiz."""
    return len(normal(column)) == 1 and column.isascii()
