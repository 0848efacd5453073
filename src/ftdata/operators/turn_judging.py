"""Asks rules on turns about a record, wherever its turns lie, and points back into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ftdata.model import Facts, Found, Limits, Rule, TurnView, facts_of

#: Keys of what has one finding at most: that of its shape, if it has one.
SAID_ONCE = ("/role", "/content", "/id", "/name", "/arguments", "/args")


class Told(NamedTuple):
    """A rule and where it found its fault in the record.

    `once`: the place has one finding at most, and if the shape has one there it is that one. So it is with
    roles, contents, images, and the ids, names and arguments of calls.
    """

    rule: Rule
    found: Found
    once: bool


class TurnJudge:
    """The turn rules that apply to a target whose turns are shown by `view`; None: they are in `messages`."""

    def __init__(self, rules: Sequence[Rule], limits: Limits, view: TurnView | None) -> None:
        self._limits = limits
        self._view = view
        has_answers = view is not None and bool(view.answers)
        self._rules = [rule for rule in rules if not (has_answers and rule.on_tools)]
        self._tool_rules = [rule for rule in rules if has_answers and rule.on_tools]

    def judge(self, record: dict[str, Any], chat: dict[str, Any], facts: Facts) -> Iterator[Told]:
        """Gives what is wrong with a chat (see `TurnView.chat_of`) and its facts.

        An answer to a call may stand in what answers the turns, so tools are judged with each of these.
        """
        yield from self._found(self._rules, record, chat, facts)
        if not self._tool_rules or self._view is None:
            return
        seen = set()
        for number, part in enumerate(self._view.conversations(chat)):
            about = facts_of(part)
            if about is None or about.tools is None:
                continue
            for told in self._found(self._tool_rules, record, part, about, number):
                place = (told.rule.code, told.found.pointer)
                if place not in seen:
                    seen.add(place)
                    yield told

    def _found(
        self,
        rules: Sequence[Rule],
        record: Any,
        chat: dict[str, Any],
        facts: Facts,
        answer: int = 0,
    ) -> Iterator[Told]:
        limits, view = self._limits, self._view
        for rule in rules:
            if rule.flags is None or rule.locate is None or not rule.flags(facts, limits):
                continue
            for found in rule.locate(chat, limits):
                once = rule.on_images or found.pointer.endswith(SAID_ONCE)
                if view is not None:
                    found = replace(found, pointer=view.place_of(found.pointer, record, answer))
                yield Told(rule, found, once)
