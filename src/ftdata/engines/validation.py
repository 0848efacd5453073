"""Validates sources, in this process or on any engine; the report is the same."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from ftdata.engines.cores import LEAST_BYTES
from ftdata.engines.engine import LOCAL, THIS_PROCESS, EngineChoice, Pool, Task, Work
from ftdata.engines.local import JudgedUnit, Progress, judge_sources, judge_unit
from ftdata.engines.matrix import judge_matrix_sources, judge_matrix_unit
from ftdata.engines.ordering import InOrder
from ftdata.engines.pools.registry import engine_named
from ftdata.engines.units import UNIT_BYTES, unit_byte_count
from ftdata.engines.workers import start_method
from ftdata.model import Matrix, MatrixPlan, ReadOptions, Report, Source, Unit, ValidatePlan
from ftdata.operators.judging import judge_of
from ftdata.operators.matrix import matrix_judge_of

_WAITING_A_WORKER = 64  # results are small: a slow unit does not hold up the others soon

_Sum = TypeVar("_Sum", Report, Matrix)


def validate_sources(
    plan: ValidatePlan,
    sources: Sequence[Source],
    options: ReadOptions,
    *,
    choice: EngineChoice = THIS_PROCESS,
    progress: Progress | None = None,
    unit_bytes: int = UNIT_BYTES,
    least_bytes: int = LEAST_BYTES,
) -> Report:
    """Judges all sources. One pass, constant memory in each process.

    Whatever the engine, the number of workers and `unit_bytes`, the report is the same. The local engine
    judges less than `least_bytes` in this process.
    """
    judge = judge_of(plan)  # an unknown name is said before a process is started
    if judge.looks_elsewhere and judge.templated is None and not plan.counts:
        # No line would be certified: records that are built alike are judged once, as for many targets.
        matrix = validate_matrix(
            MatrixPlan((plan,)),
            sources,
            options,
            choice=choice,
            progress=progress,
            unit_bytes=unit_bytes,
            least_bytes=least_bytes,
        )
        return matrix.reports[plan.target]
    work = Work(sources, choice, unit_bytes, least_bytes)
    pool = _pool_for(work, partial(judge_unit, plan, options))
    if pool is None:
        return judge_sources(plan, sources, options, progress=progress)
    if choice.name == LOCAL and start_method() == "fork":
        judge.load()  # copies of this process have it, too
    return _merged(Report(keep=plan.keep), pool, work, progress)


def validate_matrix(
    plan: MatrixPlan,
    sources: Sequence[Source],
    options: ReadOptions,
    *,
    choice: EngineChoice = THIS_PROCESS,
    progress: Progress | None = None,
    unit_bytes: int = UNIT_BYTES,
    least_bytes: int = LEAST_BYTES,
) -> Matrix:
    """The same against several targets, in one pass over the data."""
    matrix_judge_of(plan)  # compiled before the copies are made, and an unknown name is said
    work = Work(sources, choice, unit_bytes, least_bytes)
    pool = _pool_for(work, partial(judge_matrix_unit, plan, options))
    if pool is None:
        return judge_matrix_sources(plan, sources, options, progress=progress)
    return _merged(Matrix.of(plan.targets, keep=plan.keep), pool, work, progress)


def _pool_for(work: Work, task: Task) -> AbstractContextManager[Pool[Any]] | None:
    """Gives what runs the task for units; None where the engine leaves the work to this process."""
    engine = engine_named(work.choice.name)
    return engine.open_pool(task, work, None) if engine.takes(work) else None


def _merged(
    zero: _Sum,
    opening: AbstractContextManager[Pool[Any]],
    work: Work,
    progress: Progress | None,
) -> _Sum:
    merged: MergedUnits[_Sum] = MergedUnits(zero)
    with opening as pool:
        room = _WAITING_A_WORKER * pool.size
        for unit, judged in pool.run(work.units(), has_room=lambda: merged.waiting < room):
            merged.add(unit, judged)
            if progress is not None:
                progress(unit.source, unit_byte_count(unit))
    return merged.report


class MergedUnits(Generic[_Sum]):
    """The sum of units that come in any order.

    Where a unit begins in its source is known when all before it are there: until then it waits.
    """

    def __init__(self, zero: _Sum) -> None:
        self.report: _Sum = zero
        self.waiting = 0
        self._lines: dict[int, _Lines[_Sum]] = {}

    def add(self, unit: Unit, judged: JudgedUnit[_Sum]) -> None:
        """Takes what was found in a unit."""
        lines = self._lines.setdefault(unit.source.index, _Lines())
        self.waiting += 1
        for next_one in lines.units.put(unit.index, judged):
            self.waiting -= 1
            if not lines.ended:
                self.report.include(
                    next_one.report, lines_before=lines.count, bytes_before=lines.byte_count
                )
                lines.count += next_one.line_count
                lines.byte_count += next_one.byte_count
                lines.ended = next_one.ends_source


@dataclass
class _Lines(Generic[_Sum]):
    """How far a source is known."""

    units: InOrder[JudgedUnit[_Sum]] = field(default_factory=InOrder)
    count: int = 0
    byte_count: int = 0
    ended: bool = False  # by a fault: what stands behind it does not count
