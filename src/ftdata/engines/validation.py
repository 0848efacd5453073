"""Validates sources, in this process or in several; the report is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from ftdata.engines import local
from ftdata.engines.cores import LEAST_BYTES, workers_for
from ftdata.engines.local import JudgedUnit, Progress, judge_unit
from ftdata.engines.ordering import InOrder
from ftdata.engines.units import UNIT_BYTES, unit_byte_count, units_of
from ftdata.engines.workers import WorkerPool, start_method
from ftdata.model import ReadOptions, Report, Source, Unit, ValidatePlan
from ftdata.operators.judging import judge_of

_WAITING_A_WORKER = 64  # results are small: a slow unit does not hold up the others soon


def validate_sources(
    plan: ValidatePlan,
    sources: Sequence[Source],
    options: ReadOptions,
    *,
    workers: int | None = 1,
    progress: Progress | None = None,
    unit_bytes: int = UNIT_BYTES,
    least_bytes: int = LEAST_BYTES,
) -> Report:
    """Judges all sources. One pass, constant memory in each process.

    `workers` None: one for each usable core. Whatever it is, and whatever `unit_bytes`, the report is the
    same. Less than `least_bytes` are judged in this process.
    """
    count = workers_for(sources, workers, unit_bytes=unit_bytes, least_bytes=least_bytes)
    if count == 1:
        return local.validate_sources(plan, sources, options, progress=progress)
    judge = judge_of(plan)  # an unknown name is said before a process is started
    if start_method() == "fork":
        judge.load()  # copies of this process have it, too
    merged = MergedUnits(plan.keep)
    room = _WAITING_A_WORKER * count
    units = (unit for source in sources for unit in units_of(source, unit_bytes))
    with WorkerPool(partial(judge_unit, plan, options), count) as pool:
        for unit, judged in pool.run(units, has_room=lambda: merged.waiting < room):
            merged.add(unit, judged)
            if progress is not None:
                progress(unit.source, unit_byte_count(unit))
    return merged.report


class MergedUnits:
    """The sum of units that come in any order.

    Where a unit begins in its source is known when all before it are there: until then it waits.
    """

    def __init__(self, keep: int) -> None:
        self.report = Report(keep=keep)
        self.waiting = 0
        self._lines: dict[int, _Lines] = {}

    def add(self, unit: Unit, judged: JudgedUnit) -> None:
        """Takes what was found in a unit."""
        lines = self._lines.setdefault(unit.source.index, _Lines())
        self.waiting += 1
        for next_one in lines.units.put(unit.index, judged):
            self.waiting -= 1
            if not lines.ended:
                self.report.include(next_one.report, lines_before=lines.count)
                lines.count += next_one.line_count
                lines.ended = next_one.ends_source


@dataclass
class _Lines:
    """How far a source is known."""

    units: InOrder[JudgedUnit] = field(default_factory=InOrder)
    count: int = 0
    ended: bool = False  # by a fault: what stands behind it does not count
