"""The turns that were read from running text -> one example, and what nobody answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ftdata.layouts.cells import filled
from ftdata.layouts.document import Piece, leftover
from ftdata.layouts.refusal import Refused
from ftdata.layouts.roles import unknown_speaker
from ftdata.layouts.system import asked_system_turn
from ftdata.model import Example, Fault, LayoutOptions, Message


@dataclass
class Turn:
    """What one role says in a row, line by line."""

    number: int  # of its first line
    role: str | None  # None: nobody said who the speaker is
    speaker: str
    lines: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)  # the lines as they were read

    @property
    def words(self) -> str:
        """All lines, without blank ones at both ends."""
        return "\n".join(self.lines).strip()


def pieces_of(
    system: Sequence[Turn], turns: Sequence[Turn], options: LayoutOptions
) -> Iterator[Piece]:
    """Gives one example, and beside it the turns that do not belong to it; or one fault for all.

    Turns after the last answer teach nothing and are left over; where conversations are cut to a number of
    turns, so are answers before the first question.
    """
    number, text = (*turns, *system)[0].number, _raw(*system, *turns)
    unknown = next((turn for turn in turns if turn.role is None), None)
    if unknown is not None:
        fault = unknown_speaker(unknown.speaker, "", options).fault
        yield number, replace(fault, original=text)
        return
    roles = [turn.role for turn in turns]
    asked = roles.index("user") if "user" in roles else len(roles)
    begin = 0 if options.max_turns is None else asked
    if "assistant" not in roles[begin:]:
        yield number, Fault("no-turns", original=text)
        return
    end = len(roles) - roles[::-1].index("assistant")
    if begin:
        yield leftover(turns[0].number, _raw(*turns[:begin]))
    try:
        yield turns[begin].number, _example(system, turns[begin:end], options)
    except Refused as refused:
        yield number, replace(refused.fault, original=_raw(*system, *turns[begin:end]))
    if end < len(turns):
        yield leftover(turns[end].number, _raw(*turns[end:]))


def _example(system: Sequence[Turn], turns: Sequence[Turn], options: LayoutOptions) -> Example:
    messages: list[Message] = [{"role": "system", "content": turn.words} for turn in system]
    messages = messages or asked_system_turn({}, options)
    for turn in turns:
        words, role = turn.words, str(turn.role)
        if role in ("user", "assistant"):
            words = filled(words, options, role=role, column=turn.speaker)
        messages.append({"role": role, "content": words})
    return {"messages": messages}


def _raw(*turns: Turn) -> str:
    return "\n".join(line for turn in turns for line in turn.raw)
