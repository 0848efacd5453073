"""Judges batches against several targets in one pass: the reports are those of each target alone.

Most records of a file are built like one that was seen before. What a record is judged by is its sketch (see
`sketch`); for one that is known the verdicts of all targets are known, too, and are counted. They are added
up at the end. Plain chats are not even sketched: their roles say all (see `plain_chats`). A record is judged
in full, by each target that finds something, only as long as findings of its codes are still to be kept, and
where it is too long or too odd to be sketched.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any, Final

from ftdata.model import MatrixPlan, TurnView, definitions_of
from ftdata.operators.asking import Counts, Tallies, counts_of, summed
from ftdata.operators.judging import Judge
from ftdata.operators.plain_chats import PlainChats
from ftdata.operators.reserved import hint_of
from ftdata.operators.sketch import Sketch, Sketcher, Unsketchable
from ftdata.operators.verdicts import Mark, Verdict, Verdicts
from ftdata.rules.registry import rule_named
from ftdata.rules.shape.asked import Asked, asked_by
from ftdata.rules.shape.conjuncts import Inexpressible
from ftdata.tokens.counter import counter
from ftdata.tokens.turns import Count

_REMEMBERED = 8192
_UNLIMITED: Final = 2**62


class Outcome:
    """What each target counts for one record, or for one fault beside the records. Compared by identity."""

    __slots__ = ("counts", "has_error", "is_row", "tallies")

    def __init__(
        self, counts: tuple[Counts, ...], verdict: Verdict | None, *, is_row: bool
    ) -> None:
        self.counts = counts
        self.is_row = is_row
        self.has_error = tuple(
            any(severity == "error" for _, severity, _ in some) for some in counts
        )
        self.tallies: tuple[Tallies, ...] = ((),) * len(counts)
        if verdict is not None:
            each = zip(verdict.tallies, verdict.of_valid, self.has_error, strict=True)
            self.tallies = tuple(
                tallies if is_faulty else tallies + of_valid
                for tallies, of_valid, is_faulty in each
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
        self._known: dict[Sketch, tuple[Verdict, Outcome] | None] = {}
        self._with_marks: dict[tuple[Outcome, tuple[Mark, ...]], Outcome] = {}
        self._outcomes: dict[Any, Outcome] = {}
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
        if sketch not in self._known:
            verdict = self.verdicts.of(record, sketch)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[sketch] = verdict and (verdict, self._outcome(verdict.counts, verdict))
        known = self._known[sketch]
        if known is None:
            return None
        verdict, outcome = known
        hinted = self.hint is not None and self.hint(written)
        if verdict.with_tools or hinted:
            marks = self.verdicts.beside(record, verdict, definitions, texts=hinted)
            if marks:
                return self._outcome_with(verdict, outcome, marks)
        return outcome

    def _outcome_with(self, verdict: Verdict, outcome: Outcome, marks: tuple[Mark, ...]) -> Outcome:
        known = self._with_marks.get((outcome, marks))
        if known is None:
            beside = self.verdicts.counts_of_marks(marks)
            counts = tuple(map(summed, zip(outcome.counts, beside, strict=True)))
            if len(self._with_marks) >= _REMEMBERED:
                self._with_marks.clear()
            known = self._with_marks[outcome, marks] = self._outcome(counts, verdict)
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

    def _outcome(
        self, counts: tuple[Counts, ...], verdict: Verdict | None = None, *, is_row: bool = True
    ) -> Outcome:
        key = (counts, verdict and (verdict.tallies, verdict.of_valid), is_row)
        known = self._outcomes.get(key)
        if known is None:
            if len(self._outcomes) >= _REMEMBERED:
                self._outcomes.clear()
            known = self._outcomes[key] = Outcome(counts, verdict, is_row=is_row)
        return known


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
