"""What several targets find in a record, by counts alone: each question is asked once for all of them.

A verdict is what all records with one sketch have in common. What rules find in tools and in texts is told
for each record, see `Verdicts.beside`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ftdata.model import Facts, Rule, ToolUse, TurnView, facts_of, tool_use_of, turns_of
from ftdata.operators.judging import SAID_ONCE, Judge
from ftdata.operators.shared_shapes import SharedShapes
from ftdata.operators.sketch import Sketch

#: How often a target finds which code, at which severity.
Counts = tuple[tuple[str, str, int], ...]

_NO_TOOLS = Facts(turns_of(("user",)), 0, False, False, 0, False)


class Verdict(NamedTuple):
    """What each target finds, in their order, and what is left to be asked of each record.

    `told`: where the shape is wrong, by target. `with_tools`: the views under which there are tools.
    """

    counts: tuple[Counts, ...]
    told: tuple[frozenset[str], ...]
    with_tools: tuple[int, ...]


@dataclass
class _View:
    """A way to see turns, and those among the judges who see them so."""

    turns: TurnView | None
    members: list[int]
    questions: list[_Question]

    def chat_of(self, record: dict[str, Any]) -> dict[str, Any] | None:
        return record if self.turns is None else self.turns.chat_of(record)

    def pointer_to(self, pointer: str) -> str:
        return pointer if self.turns is None else self.turns.pointer_to(pointer)


@dataclass
class _Question:
    """A rule on tools, and those who ask it: it looks at one fact of a target, which is the same for them."""

    rule: Rule
    members: list[int]


class Verdicts:
    """Asks several judges at once."""

    def __init__(self, judges: Sequence[Judge]) -> None:
        self._judges = judges
        self._shapes = SharedShapes(judge.target.schema for judge in judges)
        self._views = _views_of(judges)
        self._on_texts = [index for index, judge in enumerate(judges) if judge.text_rules]

    def of(self, record: dict[str, Any], sketch: Sketch) -> Verdict:
        """Gives what holds for every record with this sketch."""
        found: list[Counter[tuple[str, str]]] = [Counter() for _ in self._judges]
        told: list[frozenset[str]] = []
        for judge, counts in zip(self._judges, found, strict=True):
            shape = self._shapes.judge(judge.target.schema, record, sketch)
            applying = [part for part in shape if judge.applies(part.rule)]
            for part in applying:
                counts[_key(judge, part.rule)] += part.times
            told.append(frozenset().union(*(part.pointers for part in applying)))
        with_tools = []
        for number, view in enumerate(self._views):
            chat = view.chat_of(record)
            facts = facts_of(chat)
            if chat is not None and facts is not None:
                if facts.tools is not None and view.questions:
                    with_tools.append(number)
                for index in view.members:
                    _ask(self._judges[index], view, chat, facts, told[index], found[index])
        return Verdict(tuple(map(counts_of, found)), tuple(told), tuple(with_tools))

    def beside(
        self, record: dict[str, Any], verdict: Verdict, *, texts: bool
    ) -> tuple[Counts, ...] | None:
        """Gives what rules on tools find in a record, and on texts if these may find something; None: nothing."""
        found: list[Counter[tuple[str, str]]] = []
        for number in verdict.with_tools:
            view = self._views[number]
            chat = view.chat_of(record)
            if chat is not None:
                self._ask_about_tools(view, chat, tool_use_of(chat), verdict, found)
        for index in self._on_texts if texts else ():
            judge = self._judges[index]
            for rule in judge.text_rules:
                times = sum(1 for _ in rule.locate(record, judge.limits))  # type: ignore[misc]
                if times:
                    self._count(found, index, rule, times)
        return tuple(map(counts_of, found)) if found else None

    def _ask_about_tools(
        self,
        view: _View,
        chat: dict[str, Any],
        tools: ToolUse,
        verdict: Verdict,
        found: list[Counter[tuple[str, str]]],
    ) -> None:
        facts = _NO_TOOLS._replace(tools=tools)
        for question in view.questions:
            rule, limits = question.rule, self._judges[question.members[0]].limits
            if not rule.flags(facts, limits):  # type: ignore[misc]
                continue
            places = [found.pointer for found in rule.locate(chat, limits)]  # type: ignore[misc]
            for index in question.members:
                times = sum(_is_news(place, view, verdict.told[index]) for place in places)
                if times:
                    self._count(found, index, rule, times)

    def _count(
        self, found: list[Counter[tuple[str, str]]], index: int, rule: Rule, times: int
    ) -> None:
        if not found:
            found += [Counter() for _ in self._judges]
        found[index][_key(self._judges[index], rule)] += times


def counts_of(found: Counter[tuple[str, str]]) -> Counts:
    """Gives the counts of (code, severity), sorted."""
    return tuple((code, severity, times) for (code, severity), times in sorted(found.items()))


def summed(counts: Iterable[Counts]) -> Counts:
    """Gives the sum of some counts."""
    total: Counter[tuple[str, str]] = Counter()
    for some in counts:
        for code, severity, times in some:
            total[code, severity] += times
    return counts_of(total)


def _ask(
    judge: Judge,
    view: _View,
    chat: dict[str, Any],
    facts: Facts,
    told: frozenset[str],
    counts: Counter[tuple[str, str]],
) -> None:
    for rule in judge.turn_rules:
        if not rule.on_tools and rule.flags(facts, judge.limits):  # type: ignore[misc]
            located = rule.locate(chat, judge.limits)  # type: ignore[misc]
            times = sum(_is_news(found.pointer, view, told) for found in located)
            if times:
                counts[_key(judge, rule)] += times


def _is_news(pointer: str, view: _View, told: frozenset[str]) -> bool:
    """False for what the shape says already, see `Judge`."""
    return not (
        told and pointer.endswith(SAID_ONCE) and view.pointer_to(pointer) in told
    )


def _key(judge: Judge, rule: Rule) -> tuple[str, str]:
    return rule.code, judge.limits.severity_of(rule.fact, rule.severity)


def _views_of(judges: Sequence[Judge]) -> list[_View]:
    views: list[_View] = []
    for index, judge in enumerate(judges):
        turns = judge.target.turns
        view = next((view for view in views if view.turns == turns), None)
        if view is None:
            view = _View(turns, [], [])
            views.append(view)
        view.members.append(index)
    for view in views:
        asked: dict[tuple[str, object], _Question] = {}
        for index in view.members:
            for rule in judges[index].turn_rules:
                if rule.on_tools:
                    fact = getattr(judges[index].limits, rule.fact or "", None)
                    asked.setdefault((rule.code, fact), _Question(rule, [])).members.append(index)
        view.questions = [*asked.values()]
    return views
