"""Runs batches past a `MatrixJudge`: counts what is known, and has the rest looked at in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

import orjson

from ftdata.model import Batch, Fault, Matrix
from ftdata.model.value_kinds import ValueKinds
from ftdata.operators.adding import Adder
from ftdata.operators.matrix import MatrixJudge, Outcome
from ftdata.operators.plain_chats import Roles
from ftdata.operators.watching import Watching
from ftdata.readers.json_line import UNPARSED, kind_of, parse_line

_REMEMBERED: Final = 8192
_DEPTH: Final = 500  # brackets in a line that certainly stand no deeper than JSON may


class MatrixRun:
    """Adds what is found in batches to a matrix, in their order; `close` adds what was only counted."""

    def __init__(self, judge: MatrixJudge, matrix: Matrix) -> None:
        self._judge = judge
        self._reports = [matrix.reports[target] for target in judge.plan.targets]
        self._pending: Counter[Outcome] = Counter()
        self._settled: set[Outcome] = set()  # all of whose findings come too late to be kept
        self._plain: dict[Roles, Outcome] = {}
        self._adders: list[Adder] = []
        self._kinds = ValueKinds()
        self._watching = Watching(None)
        self._watching.begin(self._kinds)
        self._watches = any(one.watches for one in judge.judges)

    def judge(self, batch: Batch, *, source_index: int = 0, bytes_before: int = 0) -> None:
        """Judges a batch, see `Judge.judge`. The batches of a source come in order, and so do the sources."""
        self._adders = [
            judge.adder(report, batch.source, source_index)
            for judge, report in zip(self._judge.judges, self._reports, strict=True)
        ]
        items, plain = batch.items, self._judge.plain
        for judge, report in zip(self._judge.judges, self._reports, strict=True):
            judge.tallies.add_items(items, report)
        others: Sequence[tuple[int, Roles | None]] = (
            plain.others(items, self._plain, self._pending)
            if plain is not None
            else [(position, None) for position in range(len(items))]
        )
        watched = self._watching.lines_of(batch, source_index, bytes_before)
        for position, roles in others:
            item, number = items[position], batch.numbers[position]
            if type(item) is bytes:
                parsed = _parsed_if_certain(item)
                if self._watches:
                    watched.show(position, parsed and parsed[0])
                unterminated = batch.unterminated and position == len(items) - 1
                self._judge_line(item, parsed, number, roles, unterminated=unterminated)
            elif isinstance(item, Fault):
                self._add_faults([item], number, is_row=item.is_row)
            else:
                self._judge_row(item, number)
        if self._watches:
            watched.end()
        self._judge.forget_tokens()

    def close(self) -> None:
        """Adds up; the reports are complete then."""
        for outcome, times in self._pending.items():
            for index in range(len(self._reports)):
                self._add(index, outcome, times)
        self._pending.clear()
        for judge, report in zip(self._judge.judges, self._reports, strict=True):
            if judge.watches:
                report.kinds.include(self._kinds)

    def _judge_line(
        self,
        line: bytes,
        parsed: tuple[dict[str, Any], bytes] | None,
        number: int,
        roles: Roles | None,
        *,
        unterminated: bool,
    ) -> None:
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
        for name, number in outcome.tallies[index]:
            report.tallies[name] += number * times
        for code, severity, found in outcome.counts[index]:
            report.by_code[code] += found * times
            report.by_severity[severity] += found * times

    def _judge_in_full(
        self, record: Any, byte_count: int | None, faults: Sequence[Fault], number: int
    ) -> None:
        for judge, adder in zip(self._judge.judges, self._adders, strict=True):
            adder.line = number
            judge.judge_record(record, byte_count, faults, adder)


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
