"""What several targets find in a record, by counts alone: each question is asked once for all of them.

A verdict is what all records with one sketch have in common. What rules find in tools and in texts is told
for each record, see `Verdicts.beside`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ftdata.model import (
    Definitions,
    Facts,
    Limits,
    Report,
    Rule,
    ToolUse,
    TurnView,
    facts_of,
    keep_at_hand,
    may_hold_images,
    tool_use_in,
    tool_use_of,
    turns_of,
)
from ftdata.operators.asking import (
    Counts,
    Tallies,
    count_of_texts,
    counts_of,
    key_of,
    of_valid,
    places_in,
    reads_texts,
    sums_of,
)
from ftdata.operators.judging import Judge
from ftdata.operators.shared_shapes import SharedShapes
from ftdata.operators.sketch import Sketch
from ftdata.operators.tool_parts import ANSWERING
from ftdata.operators.turn_judging import SAID_ONCE
from ftdata.rules.registry import rule_coded
from ftdata.rules.turns.speakers import is_known

#: Rules on tools that ask whether a role that answers calls is known.
_READ_ROLES = frozenset({"answer-without-call"})

_NO_TOOLS = Facts(turns_of(("user",)), 0, False, False, 0, False)


class Question(NamedTuple):
    """A rule on tools, and those who ask it: what it looks at is the same for them."""

    rule: Rule
    limits: Limits
    members: tuple[int, ...]


class View(NamedTuple):
    """A way to see turns; those who see them so, by their places among all; what they ask about tools."""

    turns: TurnView
    members: tuple[int, ...]
    questions: tuple[Question, ...]


#: How often a rule found something, and by whom that is counted.
Mark = tuple[str, tuple[int, ...], int]


class Verdict(NamedTuple):
    """What each target finds, in their order, and what is left to be asked of each record.

    `tallies` are counted of every record, `of_valid` of one in which a target finds no error. `told`: where
    the shape is wrong, by target. `with_tools`: the views under which there are tools.
    """

    counts: tuple[Counts, ...]
    tallies: tuple[Tallies, ...]
    of_valid: tuple[Tallies, ...]
    told: tuple[frozenset[str], ...]
    with_tools: tuple[View, ...]


class Verdicts:
    """Asks several judges at once."""

    def __init__(self, judges: Sequence[Judge]) -> None:
        self._judges = judges
        self._shapes = SharedShapes(judge.target.schema for judge in judges)
        self._views = _views_of(judges)
        self._joined: dict[tuple[int, ...], View] = {}
        self._on_texts = [index for index, judge in enumerate(judges) if judge.text_rules]

    def of(self, record: dict[str, Any], sketch: Sketch) -> Verdict | None:
        """Gives what holds for every record with this sketch; None where rules look closer, as at images."""
        found: list[Counter[tuple[str, str]]] = [Counter() for _ in self._judges]
        told: list[frozenset[str]] = []
        sums = [Report() for _ in self._judges]
        shapes = self._shapes.judge(record, sketch)
        for judge, counts in zip(self._judges, found, strict=True):
            applying = [part for part in shapes[judge.target.schema] if judge.applies(part.rule)]
            for part in applying:
                counts[key_of(judge, part.rule)] += part.times
            told.append(frozenset().union(*(part.pointers for part in applying)))
            count_of_texts(judge, record, told[-1], counts)
        with_tools: list[View] = []
        for view in self._seen_in(record):
            chat = view.turns.chat_of(record)
            facts = facts_of(chat)
            if chat is not None and facts is not None:
                if any(may_hold_images(turn.get("content")) for turn in chat["messages"]):
                    return None
                if facts.tools is not None:
                    keep_at_hand((chat, facts.tools))
                if view.questions and _uses_tools(view, chat, facts):
                    with_tools.append(view)
                for index in view.members:
                    _ask(self._judges[index], view, record, chat, facts, told[index], found[index])
                    sums_of(self._judges[index], chat, facts, sums[index])
                keep_at_hand(None)
        tallies = tuple(tuple(report.tallies.items()) for report in sums)
        return Verdict(
            tuple(map(counts_of, found)),
            tallies,
            tuple(of_valid(judge, record) for judge in self._judges),
            tuple(told),
            tuple(with_tools),
        )

    def _seen_in(self, record: dict[str, Any]) -> Iterator[View]:
        """The views of a record; those that show it as it stands are one."""
        plain = [view for view in self._views if _shows_as_it_stands(view.turns, record)]
        yield from (view for view in self._views if view not in plain)
        if plain:
            members = tuple(sorted(index for view in plain for index in view.members))
            if members not in self._joined:
                self._joined[members] = _view(TurnView(), members, self._judges)
            yield self._joined[members]

    def beside(
        self,
        record: dict[str, Any],
        verdict: Verdict,
        definitions: Definitions | None,
        *,
        texts: bool,
    ) -> tuple[Mark, ...]:
        """Gives what rules on tools find in a record, and rules on texts if these may find something.

        `definitions` are of the tools that the record declares.
        """
        marks: list[Mark] = []
        for view in verdict.with_tools:
            if view.turns.answers:
                marks += self._marks_in_answers(view, record, verdict.told)
                continue
            if view.turns.moves or view.turns.roles or view.turns.answers:
                chat = view.turns.chat_of(record) or {}
                tools = tool_use_of(chat)
            else:
                chat = record
                legacy = ["/functions"] if record.get("functions") else []
                tools = tool_use_in(record["messages"], definitions, legacy)
            keep_at_hand((chat, tools))
            marks += self._marks_of_tools(view, record, chat, tools, verdict.told)
            keep_at_hand(None)
        for index in self._on_texts if texts else ():
            judge = self._judges[index]
            for rule in filter(reads_texts, judge.text_rules):
                times = places_in(rule, judge, record, verdict.told[index])
                if times:
                    marks.append((rule.code, (index,), times))
        return tuple(marks)

    def _marks_in_answers(
        self, view: View, record: dict[str, Any], told: Sequence[frozenset[str]]
    ) -> Iterator[Mark]:
        chat = view.turns.chat_of(record) or {}
        facts = facts_of(chat)
        if facts is None:
            return
        for index in view.members:
            found: Counter[str] = Counter()
            for rule, at, once in self._judges[index].turn_judge.judge(record, chat, facts):
                if rule.on_tools and not rule.once and not (once and at.pointer in told[index]):
                    found[rule.code] += 1
            yield from ((code, (index,), times) for code, times in sorted(found.items()))

    def counts_of_marks(self, marks: Iterable[Mark]) -> tuple[Counts, ...]:
        """Gives the same by target."""
        found: list[Counter[tuple[str, str]]] = [Counter() for _ in self._judges]
        for code, members, times in marks:
            for index in members:
                found[index][key_of(self._judges[index], rule_coded(code))] += times
        return tuple(map(counts_of, found))

    def _marks_of_tools(
        self,
        view: View,
        record: dict[str, Any],
        chat: dict[str, Any],
        tools: ToolUse,
        told: Sequence[frozenset[str]],
    ) -> Iterator[Mark]:
        facts = _NO_TOOLS._replace(tools=tools)
        for rule, limits, members in view.questions:
            if not rule.flags(facts, limits):  # type: ignore[misc]
                continue
            places = [found.pointer for found in rule.locate(chat, limits)]  # type: ignore[misc]
            if any(place.endswith(SAID_ONCE) for place in places):
                for index in members:
                    times = sum(_is_news(place, view, record, told[index]) for place in places)
                    if times:
                        yield rule.code, (index,), times
            else:
                yield rule.code, members, len(places)


def read_by(rule: Rule) -> tuple[str, ...]:
    """The facts of a target that a rule on tools looks at; a law test holds that it looks at no others."""
    roles = ("roles", "unsure_roles") if rule.name in _READ_ROLES else ()
    return (rule.fact or "target", *roles)


def _ask(
    judge: Judge,
    view: View,
    record: dict[str, Any],
    chat: dict[str, Any],
    facts: Facts,
    told: frozenset[str],
    counts: Counter[tuple[str, str]],
) -> None:
    for rule in judge.turn_rules:
        if not (rule.on_tools or rule.once) and rule.flags(facts, judge.limits):  # type: ignore[misc]
            located = rule.locate(chat, judge.limits)  # type: ignore[misc]
            times = sum(_is_news(found.pointer, view, record, told) for found in located)
            if times:
                counts[key_of(judge, rule)] += times


def _uses_tools(view: View, chat: dict[str, Any], facts: Facts) -> bool:
    """True where the turns use tools, or those of an answer do."""
    if facts.tools is not None:
        return True
    parts = view.turns.conversations(chat) if view.turns.answers else ()
    of_parts = [facts_of(part) for part in parts]
    return any(part is not None and part.tools is not None for part in of_parts)


def _is_news(pointer: str, view: View, record: Any, told: frozenset[str]) -> bool:
    """False for what the shape says already, see `Judge`."""
    return not (
        told and pointer.endswith(SAID_ONCE) and view.turns.pointer_to(pointer, record) in told
    )


def _views_of(judges: Sequence[Judge]) -> list[View]:
    seen: list[tuple[TurnView, list[int]]] = []
    for index, judge in enumerate(judges):
        turns = judge.target.turns or TurnView()
        members = next((members for other, members in seen if other == turns), None)
        if members is None:
            seen.append((turns, [index]))
        else:
            members.append(index)
    return [_view(turns, tuple(members), judges) for turns, members in seen]


def _view(turns: TurnView, members: tuple[int, ...], judges: Sequence[Judge]) -> View:
    asking: dict[tuple[str, object], tuple[Rule, list[int]]] = {}
    for index in members:
        for rule in judges[index].turn_rules:
            if rule.on_tools and not rule.once:
                limits = judges[index].limits
                fact, *roles = read_by(rule)
                known = [is_known(role, limits) for role in sorted(ANSWERING)] if roles else ()
                read = (getattr(limits, fact), *known)
                asking.setdefault((rule.code, read), (rule, []))[1].append(index)
    questions = tuple(
        Question(rule, judges[those[0]].limits, tuple(those)) for rule, those in asking.values()
    )
    return View(turns, members, questions)


def _shows_as_it_stands(turns: TurnView, record: dict[str, Any]) -> bool:
    if turns.moves or turns.answers:
        return False
    messages = record.get("messages")
    return not turns.roles or (
        isinstance(messages, list)
        and not any(
            message["role"] in turns.roles
            for message in messages
            if isinstance(message, dict) and isinstance(message.get("role"), str)
        )
    )
