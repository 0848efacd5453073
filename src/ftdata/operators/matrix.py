"""Judges batches against several targets in one pass: the reports are those of each target alone.

Most records of a file are built like one that was seen before. What a record is judged by is its sketch (see
`sketch`); for one that is known the verdicts of all targets are known, too, and are counted. They are added
up at the end. Plain chats are not even sketched: their roles say all (see `plain_chats`). A record is judged
in full, by each target that finds something, only as long as findings of its codes are still to be kept, and
where it is too long or too odd to be sketched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

import orjson

from ftdata.model import Batch, Fault, Matrix, MatrixPlan, TurnView, definitions_of
from ftdata.operators.adding import Adder
from ftdata.operators.judging import Judge
from ftdata.operators.plain_chats import PlainChats, Roles
from ftdata.operators.reserved import hint_of
from ftdata.operators.sketch import Sketch, Sketcher, Unsketchable
from ftdata.operators.verdicts import Counts, Mark, Verdict, Verdicts, counts_of, summed
from ftdata.readers.json_line import UNPARSED, kind_of, parse_line
from ftdata.rules.registry import rule_named
from ftdata.rules.shape.asked import Asked, asked_by
from ftdata.rules.shape.conjuncts import Inexpressible
from ftdata.tokens.counter import counter
from ftdata.tokens.turns import Count

_REMEMBERED = 8192
_UNLIMITED: Final = 2**62
_DEPTH = 500  # brackets in a line that certainly stand no deeper than JSON may


class Outcome:
    """What each target counts for one record, or for one fault beside the records. Compared by identity."""

    __slots__ = ("counts", "has_error", "is_row")

    def __init__(self, counts: tuple[Counts, ...], *, is_row: bool) -> None:
        self.counts = counts
        self.is_row = is_row
        self.has_error = tuple(
            any(severity == "error" for _, severity, _ in some) for some in counts
        )


@lru_cache(maxsize=32)
def matrix_judge_of(plan: MatrixPlan) -> MatrixJudge:
    """Compiles a plan, once in each process. Raises UnknownName."""
    return MatrixJudge(plan)


class MatrixJudge:
    """Compiled plans, and what was learned of the records so far; it never changes a verdict."""

    def __init__(self, plan: MatrixPlan) -> None:
        count = _OnceCounted()
        self.plan = plan
        self.judges = [Judge(each, counter_of=count.counter_of) for each in plan.plans]
        self.forget_tokens = count.forget
        self.longest = min(
            [
                end
                for judge in self.judges
                for end in (judge.token_limit, judge.limits.max_message_characters)
                if end is not None
            ],
            default=_UNLIMITED,
        )
        reserved = {
            string
            for judge in self.judges
            if judge.text_rules
            for string in judge.limits.reserved_strings or ()
        }
        self.hint = hint_of(reserved) if reserved else None
        self.sketcher = self._make_sketcher()
        self.plain = (
            PlainChats(self.longest, self.hint)
            if self.sketcher is not None and self.sketcher.texts_alike
            else None
        )
        self.verdicts = Verdicts(self.judges)
        self._known: dict[Sketch, tuple[Verdict, Outcome]] = {}
        self._with_marks: dict[tuple[Outcome, tuple[Mark, ...]], Outcome] = {}
        self._outcomes: dict[tuple[tuple[Counts, ...], bool], Outcome] = {}
        self._of_faults: dict[tuple[tuple[str, ...], bool], Outcome] = {}

    def _make_sketcher(self) -> Sketcher | None:
        """None where a schema asks something that is not understood: then nothing is known beforehand."""
        try:
            asked: Asked = asked_by(sorted({judge.target.schema for judge in self.judges}))
        except Inexpressible:
            return None
        return Sketcher(asked, [judge.target.turns or TurnView() for judge in self.judges])

    def outcome_of(self, record: dict[str, Any], written: bytes, byte_count: int) -> Outcome | None:
        """Gives what all targets find in a record; None where each has to look at it in full.

        `written` is the record without needless escapes, `byte_count` is of how it was read.
        """
        if self.sketcher is None or byte_count > self.longest:
            return None
        declares = "tools" in record or "functions" in record
        definitions = definitions_of(record) if declares else None
        try:
            sketch = self.sketcher.sketch(record, definitions)
        except Unsketchable:
            return None
        known = self._known.get(sketch)
        if known is None:
            verdict = self.verdicts.of(record, sketch)
            known = verdict, self._outcome(verdict.counts)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[sketch] = known
        verdict, outcome = known
        hinted = self.hint is not None and self.hint(written)
        if verdict.with_tools or hinted:
            marks = self.verdicts.beside(record, verdict, definitions, texts=hinted)
            if marks:
                return self._outcome_with(outcome, marks)
        return outcome

    def _outcome_with(self, outcome: Outcome, marks: tuple[Mark, ...]) -> Outcome:
        known = self._with_marks.get((outcome, marks))
        if known is None:
            beside = self.verdicts.counts_of_marks(marks)
            counts = tuple(map(summed, zip(outcome.counts, beside, strict=True)))
            if len(self._with_marks) >= _REMEMBERED:
                self._with_marks.clear()
            known = self._with_marks[outcome, marks] = self._outcome(counts)
        return known

    def outcome_of_faults(self, names: tuple[str, ...], *, is_row: bool) -> Outcome:
        """Gives what all targets find in what is no record, because of some faults."""
        known = self._of_faults.get((names, is_row))
        if known is None:
            counts: list[Counts] = []
            for judge in self.judges:
                found: Counter[tuple[str, str]] = Counter()
                for rule in map(rule_named, names):
                    if judge.applies(rule):
                        severity = judge.limits.severity_of(rule.fact, rule.severity)
                        found[rule.code, severity] += 1
                counts.append(counts_of(found))
            known = self._of_faults[names, is_row] = self._outcome(tuple(counts), is_row=is_row)
        return known

    def _outcome(self, counts: tuple[Counts, ...], *, is_row: bool = True) -> Outcome:
        known = self._outcomes.get((counts, is_row))
        if known is None:
            if len(self._outcomes) >= _REMEMBERED:
                self._outcomes.clear()
            known = self._outcomes[counts, is_row] = Outcome(counts, is_row=is_row)
        return known


class MatrixRun:
    """Adds what is found in batches to a matrix, in their order; `close` adds what was only counted."""

    def __init__(self, judge: MatrixJudge, matrix: Matrix) -> None:
        self._judge = judge
        self._reports = [matrix.reports[target] for target in judge.plan.targets]
        self._pending: Counter[Outcome] = Counter()
        self._settled: set[Outcome] = set()  # all of whose findings come too late to be kept
        self._plain: dict[Roles, Outcome] = {}
        self._adders: list[Adder] = []

    def judge(self, batch: Batch, *, source_index: int = 0) -> None:
        """Judges a batch. The batches of a source come in order, and so do the sources."""
        self._adders = [
            judge.adder(report, batch.source, source_index)
            for judge, report in zip(self._judge.judges, self._reports, strict=True)
        ]
        items, plain = batch.items, self._judge.plain
        others: Sequence[tuple[int, Roles | None]] = (
            plain.others(items, self._plain, self._pending)
            if plain is not None
            else [(position, None) for position in range(len(items))]
        )
        for position, roles in others:
            item, number = items[position], batch.numbers[position]
            if type(item) is bytes:
                unterminated = batch.unterminated and position == len(items) - 1
                self._judge_line(item, number, roles, unterminated=unterminated)
            elif isinstance(item, Fault):
                self._add_faults([item], number, is_row=item.is_row)
            else:
                self._judge_row(item, number)
        self._judge.forget_tokens()

    def close(self) -> None:
        """Adds up; the reports are complete then."""
        for outcome, times in self._pending.items():
            for index in range(len(self._reports)):
                self._add(index, outcome, times)
        self._pending.clear()

    def _judge_line(
        self, line: bytes, number: int, roles: Roles | None, *, unterminated: bool
    ) -> None:
        parsed = _parsed_if_certain(line)
        outcome = None if parsed is None else self._judge.outcome_of(*parsed, len(line))
        if outcome is not None and outcome in self._settled:
            self._pending[outcome] += 1
            if roles is not None and len(self._plain) < _REMEMBERED:
                self._plain[roles] = outcome
            return
        value, faults = parse_line(line, unterminated=unterminated)
        if outcome is not None:
            self._take(outcome, value, len(line), number)
            return
        if isinstance(value, dict):
            self._judge_in_full(value, len(line), faults, number)
            return
        if value is not UNPARSED:
            faults = [*faults, Fault("not-an-object", {"found": kind_of(value)})]
        self._add_faults(faults, number)

    def _judge_row(self, record: Any, number: int) -> None:
        if not isinstance(record, dict):
            self._add_faults([Fault("not-an-object", {"found": kind_of(record)})], number)
            return
        try:
            written = orjson.dumps(record)
        except TypeError:
            outcome = None
        else:
            outcome = self._judge.outcome_of(record, written, len(written))
        if outcome is None:
            self._judge_in_full(record, None, (), number)
        else:
            self._take(outcome, record, None, number)

    def _take(
        self, outcome: Outcome, record: dict[str, Any], byte_count: int | None, number: int
    ) -> None:
        """Counts an outcome; those targets that still keep findings of its codes look at the record."""
        if outcome in self._settled:
            self._pending[outcome] += 1
            return

        def look(index: int, adder: Adder) -> None:
            self._judge.judges[index].judge_record(record, byte_count, (), adder)

        self._take_once(outcome, number, look)

    def _add_faults(self, faults: Sequence[Fault], number: int, *, is_row: bool = True) -> None:
        names = tuple(fault.name for fault in faults)
        outcome = self._judge.outcome_of_faults(names, is_row=is_row)
        if outcome in self._settled:
            self._pending[outcome] += 1
            return

        def look(_index: int, adder: Adder) -> None:
            for fault in faults:
                adder.fault(fault)
            adder.close_record(is_row=is_row)

        self._take_once(outcome, number, look)

    def _take_once(self, outcome: Outcome, number: int, look: Callable[[int, Adder], None]) -> None:
        kept = True
        for index, adder in enumerate(self._adders):
            if self._keeps_all(index, outcome):
                self._add(index, outcome, 1)
            else:
                adder.line = number
                look(index, adder)
                kept = kept and self._keeps_all(index, outcome)
        if kept:
            self._settled.add(outcome)

    def _keeps_all(self, index: int, outcome: Outcome) -> bool:
        """True where as many findings as will be kept are there, of all codes: a later line adds none."""
        report = self._reports[index]
        return all(
            len(report.findings.get(code, ())) >= report.keep
            for code, _, _ in outcome.counts[index]
        )

    def _add(self, index: int, outcome: Outcome, times: int) -> None:
        report = self._reports[index]
        if outcome.is_row:
            report.records += times
            report.invalid += times if outcome.has_error[index] else 0
        for code, severity, found in outcome.counts[index]:
            report.by_code[code] += found * times
            report.by_severity[severity] += found * times

    def _judge_in_full(
        self, record: Any, byte_count: int | None, faults: Sequence[Fault], number: int
    ) -> None:
        for judge, adder in zip(self._judge.judges, self._adders, strict=True):
            adder.line = number
            judge.judge_record(record, byte_count, faults, adder)


class _OnceCounted:
    """Counts the tokens of a text once for all who ask, until it is told to forget."""

    def __init__(self) -> None:
        self._counted: dict[tuple[str, str], int] = {}

    def counter_of(self, encoding: str) -> Count:
        """Gives what counts by an encoding."""
        count, counted = counter(encoding), self._counted

        def once(text: str) -> int:
            known = counted.get((encoding, text))
            if known is None:
                known = counted[encoding, text] = count(text)
            return known

        return once

    def forget(self) -> None:
        """Frees what was remembered."""
        self._counted.clear()


def _parsed_if_certain(line: bytes) -> tuple[dict[str, Any], bytes] | None:
    """Gives an object and how it is written without needless escapes, if the line has certainly no fault.

    As many quotes have to be written as were read: then no key was given twice.
    """
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if type(record) is not dict or b"\\u0022" in line:
        return None
    if line.count(b"{") + line.count(b"[") > _DEPTH:
        return None
    written = orjson.dumps(record)
    return (record, written) if written.count(b'"') == line.count(b'"') else None
