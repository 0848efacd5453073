"""`validate_targets`: what many targets make of the same data, in one pass over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ftdata.api.inputs import Announce, announce_source, engine_choice, sources_in
from ftdata.api.today import this_day
from ftdata.api.validating import ValidationResult
from ftdata.catalog.target_catalog import load_target, target_ids
from ftdata.engines.engine import LOCAL, EngineChoice
from ftdata.engines.local import Progress
from ftdata.engines.matrix import judge_matrix_batches
from ftdata.engines.validation import validate_matrix
from ftdata.errors import UsageError
from ftdata.model import Matrix, MatrixPlan, ReadOptions, ValidatePlan
from ftdata.operators.whole import judge_whole
from ftdata.readers.memory import DATA_NAME, batches_of
from ftdata.reports.matrix_rows import MatrixRow, matrix_json, matrix_rows

#: In place of names: every target there is.
ALL = "all"


@dataclass(frozen=True)
class MatrixResult:
    """What `validate_targets` found.

    `results` are those that `validate` gives for each target alone; `rows` say the same in figures, the
    targets that accept everything first.
    """

    results: Mapping[str, ValidationResult]
    rows: Sequence[MatrixRow]

    @property
    def records(self) -> int:
        """The records that were seen; a target that refuses a file as a whole does not count its records."""
        return max((result.report.records for result in self.results.values()), default=0)

    @property
    def accepting(self) -> list[str]:
        """The targets under which nothing is at error severity, in the order of the rows."""
        return [row.target for row in self.rows if row.accepts_all]

    def to_json(self) -> dict[str, Any]:
        """Gives the shape of schemas/output/matrix.json."""
        files: set[str] = set()
        for result in self.results.values():
            files |= result.report.files
        return matrix_json([*self.rows], files=len(files), records=self.records)


def validate_targets(
    data: Any,
    targets: str | Sequence[str] = ALL,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    max_tokens: int | None = None,
    tokenizer: str | None = None,
    keep: int = 1,
    reading: ReadOptions | None = None,
    workers: int | None = 1,
    engine: str = LOCAL,
    ray_address: str | None = None,
    today: date | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> MatrixResult:
    """Judges the data against several targets, "all" or by their ids. One pass, constant memory.

    Each target's report is the one that `validate` gives; `keep` findings of each code are kept in it, and
    every one of them costs time. All else is as for `validate`. Raises UsageError where no target is named.
    """
    ids = target_ids() if targets == ALL else [targets] if isinstance(targets, str) else [*targets]
    if not ids:
        raise UsageError("no target is named")
    for target in ids:
        load_target(target)  # an unknown name is said before anything is read
    plan = MatrixPlan(
        tuple(
            ValidatePlan(
                target=target,
                select=tuple(select),
                ignore=tuple(ignore),
                keep=keep,
                max_tokens=max_tokens,
                encoding=tokenizer,
            )
            for target in dict.fromkeys(ids)
        )
    )
    choice = engine_choice(engine, workers, ray_address)
    today = today or this_day()
    matrix = _judged(plan, data, reading or ReadOptions(), choice, today, progress, announce)
    results = {name: ValidationResult(report, name) for name, report in matrix.reports.items()}
    return MatrixResult(results, matrix_rows(matrix, today))


def _judged(
    plan: MatrixPlan,
    data: Any,
    reading: ReadOptions,
    choice: EngineChoice,
    today: date,
    progress: Progress | None,
    announce: Announce | None,
) -> Matrix:
    sources = sources_in(data, reading, choice)
    if sources is None:
        matrix = judge_matrix_batches(plan, batches_of(data))
    else:
        for source in sources:
            announce_source(source, reading, announce)
        matrix = validate_matrix(plan, sources, reading, choice=choice, progress=progress)
    file = sources[0].name if sources else DATA_NAME
    for each in plan.plans:
        judge_whole(each, matrix.reports[each.target], file, today)
    return matrix
