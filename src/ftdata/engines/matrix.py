"""Judges sources against several targets, in this process: each source is read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ftdata.engines.local import (
    JudgedUnit,
    Progress,
    file_faults,
    is_refused,
    read_unit,
    watched,
)
from ftdata.model import Batch, Matrix, MatrixPlan, ReadOptions, Source, Unit
from ftdata.operators.matrix import matrix_judge_of
from ftdata.operators.matrix_run import MatrixRun
from ftdata.operators.watching import batch_bytes


def judge_matrix_sources(
    plan: MatrixPlan,
    sources: Sequence[Source],
    options: ReadOptions,
    *,
    progress: Progress | None = None,
) -> Matrix:
    """Judges all sources. One pass, constant memory."""
    matrix = Matrix.of(plan.targets, keep=plan.keep)
    for source in sources:
        _judge_into(matrix, plan, Unit(source), options, progress)
    return matrix


def judge_matrix_unit(plan: MatrixPlan, options: ReadOptions, unit: Unit) -> JudgedUnit[Matrix]:
    """Judges one unit of a source."""
    matrix = Matrix.of(plan.targets, keep=plan.keep)
    return JudgedUnit(matrix, *_judge_into(matrix, plan, unit, options, None))


def judge_matrix_batches(plan: MatrixPlan, batches: Iterator[Batch]) -> Matrix:
    """Judges rows that are already in memory."""
    matrix = Matrix.of(plan.targets, keep=plan.keep)
    run = MatrixRun(matrix_judge_of(plan), matrix)
    for batch in batches:
        run.judge(batch)
    run.close()
    return matrix


def _judge_into(
    matrix: Matrix,
    plan: MatrixPlan,
    unit: Unit,
    options: ReadOptions,
    progress: Progress | None,
) -> tuple[int, int, bool]:
    """Gives the number of the last line, the bytes of all lines, and whether the source ends with them."""
    source = unit.source
    refusing = set()
    for judge in matrix_judge_of(plan).judges:
        report = matrix.reports[judge.plan.target]
        for fault in file_faults(judge, source) if unit.start == 0 else ():
            add = judge.adder(report, source.name, source.index)
            add.line = 1
            add.fault(fault)
            add.close_record(is_row=fault.is_row)
        if is_refused(judge, source):
            refusing.add(judge.plan.target)
    if refusing and source.container == "json":
        # JSON in another form than lines: the reader of lines says in which, and reads no further.
        _read_into(matrix, plan.only(refusing), unit, options, "jsonl", None)
    taking = plan.only({*plan.targets} - refusing)
    if not taking.plans:
        return 0, 0, True
    return _read_into(matrix, taking, unit, options, source.container, progress)


def _read_into(
    matrix: Matrix,
    plan: MatrixPlan,
    unit: Unit,
    options: ReadOptions,
    container: str,
    progress: Progress | None,
) -> tuple[int, int, bool]:
    run = MatrixRun(matrix_judge_of(plan), matrix)
    line_count = byte_count = 0
    ends_source = False
    for batch in watched(read_unit(unit, options, container=container), unit.source, progress):
        run.judge(batch, source_index=unit.source.index, bytes_before=byte_count)
        line_count, ends_source = batch.last_number, batch.ends_source
        byte_count += batch_bytes(batch) if container == "jsonl" else 0
    run.close()
    return line_count, byte_count, ends_source
