"""Processes of this machine."""

from __future__ import annotations

from typing import Any

from ftdata.engines.cores import workers_for
from ftdata.engines.engine import LOCAL, Engine, Task, Work
from ftdata.engines.workers import WorkerPool


def _count(work: Work) -> int:
    return workers_for(
        work.sources,
        work.choice.workers,
        unit_bytes=work.unit_bytes,
        least_bytes=work.least_bytes,
    )


def _takes(work: Work) -> bool:
    return work.alone is None and _count(work) > 1


def _open_pool(task: Task, work: Work, _folder: str | None) -> WorkerPool[Any]:
    return WorkerPool(task, _count(work))


ENGINE = Engine(LOCAL, "processes of this machine", _takes, _open_pool)
