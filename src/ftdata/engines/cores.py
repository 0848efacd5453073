"""How many processes are worth starting for a piece of work."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from pathlib import Path

from ftdata.engines.units import UNIT_BYTES, count_units
from ftdata.model import Source
from ftdata.storage.places import byte_count_of, is_pipe

#: Below this, starting processes costs more than they save.
LEAST_BYTES = 32 * 1024 * 1024


def usable_cores() -> int:
    """The cores that this process may use: those it is bound to, within the quota of its container."""
    known = hasattr(os, "sched_getaffinity")  # not on macOS and Windows
    bound = len(os.sched_getaffinity(0)) if known else os.cpu_count() or 1
    return max(min(bound, _quota(Path("/sys/fs/cgroup/cpu.max"))), 1)


def _quota(path: Path) -> int:
    """Whole cores that a control group allows ("200000 100000": two); many where it says nothing."""
    try:
        allowed, period = path.read_text().split()
        return round(int(allowed) / int(period))
    except (OSError, ValueError):
        return 1 << 16


def workers_for(
    sources: Sequence[Source],
    asked: int | None,
    *,
    unit_bytes: int = UNIT_BYTES,
    least_bytes: int = LEAST_BYTES,
) -> int:
    """Gives the number of workers to start; 1 means none, the work is done in this process.

    `asked` None: one for each usable core. A pipe belongs to this process alone, and a process that is itself
    a daemon's child may start none.
    """
    if asked == 1 or multiprocessing.current_process().daemon:
        return 1
    if any(is_pipe(source.path) for source in sources):
        return 1
    if sum(byte_count_of(source.path) for source in sources) < least_bytes:
        return 1
    return min(asked or usable_cores(), count_units(sources, unit_bytes))
