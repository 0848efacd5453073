"""What an engine is: who does the units of some work, and what it has to know for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from ftdata.engines.cores import LEAST_BYTES
from ftdata.engines.units import UNIT_BYTES, units_of
from ftdata.model import Source, Unit

LOCAL = "local"

_Result_co = TypeVar("_Result_co", covariant=True)

#: Does one unit. Both it and what it gives can be pickled.
Task = Callable[[Unit], Any]


@dataclass(frozen=True)
class EngineChoice:
    """Who is asked to do the work: an engine by name, how many units at once, and where it runs.

    `workers` None: as many as there are cores. `address` is that of a cluster; None: this machine.
    """

    name: str = LOCAL
    workers: int | None = 1
    address: str | None = None


#: Nobody but the process that asks.
THIS_PROCESS = EngineChoice()


@dataclass(frozen=True)
class Work:
    """What a pool is opened for.

    Less than `least_bytes` are not worth starting processes. `alone` says why only this process can do it.
    """

    sources: Sequence[Source]
    choice: EngineChoice
    unit_bytes: int = UNIT_BYTES
    least_bytes: int = LEAST_BYTES
    alone: str | None = None

    def units(self) -> Iterator[Unit]:
        """All units, in the order of the data."""
        return (unit for source in self.sources for unit in units_of(source, self.unit_bytes))


class Pool(Protocol[_Result_co]):
    """Does units, `size` of them at once."""

    @property
    def size(self) -> int:
        """How many units are done at once."""

    def run(
        self, units: Iterator[Unit], *, has_room: Callable[[], bool] = ...
    ) -> Iterator[tuple[Unit, _Result_co]]:
        """Gives each unit with its result, as they come; begins none while `has_room` says no."""


@dataclass(frozen=True)
class Engine:
    """One way to do units in other processes. One module in `pools/` each, found by its `ENGINE`."""

    name: str
    title: str
    #: False: the work is done in this process. Raises UsageError where it could only be done there, and the
    #: engine was asked for by name.
    takes: Callable[[Work], bool]
    #: Opens a pool for a task. The folder, where there is one, is one that the task writes to.
    open_pool: Callable[[Task, Work, str | None], AbstractContextManager[Pool[Any]]]
