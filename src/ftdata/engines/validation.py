"""Validates sources, in this process or on any engine; the report is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from ftdata.engines.cores import LEAST_BYTES
from ftdata.engines.engine import LOCAL, THIS_PROCESS, EngineChoice, Work
from ftdata.engines.local import JudgedUnit, Progress, judge_sources, judge_unit
from ftdata.engines.ordering import InOrder
from ftdata.engines.pools.registry import engine_named
from ftdata.engines.units import UNIT_BYTES, unit_byte_count
from ftdata.engines.workers import start_method
from ftdata.model import ReadOptions, Report, Source, Unit, ValidatePlan
from ftdata.operators.judging import judge_of

_WAITING_A_WORKER = 64  # results are small: a slow unit does not hold up the others soon


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
    work = Work(sources, choice, unit_bytes, least_bytes)
    engine = engine_named(choice.name)
    if not engine.takes(work):
        return judge_sources(plan, sources, options, progress=progress)
    judge = judge_of(plan)  # an unknown name is said before a process is started
    if choice.name == LOCAL and start_method() == "fork":
        judge.load()  # copies of this process have it, too
    merged = MergedUnits(plan.keep)
    with engine.open_pool(partial(judge_unit, plan, options), work, None) as pool:
        room = _WAITING_A_WORKER * pool.size
        for unit, judged in pool.run(work.units(), has_room=lambda: merged.waiting < room):
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
                self.report.include(
                    next_one.report, lines_before=lines.count, bytes_before=lines.byte_count
                )
                lines.count += next_one.line_count
                lines.byte_count += next_one.byte_count
                lines.ended = next_one.ends_source


@dataclass
class _Lines:
    """How far a source is known."""

    units: InOrder[JudgedUnit] = field(default_factory=InOrder)
    count: int = 0
    byte_count: int = 0
    ended: bool = False  # by a fault: what stands behind it does not count
