"""Tasks of Ray, on a cluster that is there already or on one that is started on this machine.

Ray only moves units and small results: each task reads its own bytes and writes its own files. Ray's own
readers would tear lines apart at U+2028 and stop at the first byte that is no UTF-8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, Generic, TypeVar

from ftdata.engines.engine import Engine, Task, Work
from ftdata.engines.pools.ray_cluster import connected, core_count
from ftdata.engines.pools.ray_probe import check_nodes
from ftdata.engines.workers import answer_of
from ftdata.errors import UsageError, WorkerLost
from ftdata.model import Unit
from ftdata.storage.places import is_pipe

_Result = TypeVar("_Result")
_RETRIES = 3
_AHEAD = 2  # units for each core, so that none waits for the next
_SECONDS_TO_STOP = 5


class RayPool(Generic[_Result]):
    """Runs `task` for units on Ray; to be used with `with`, which ends what it has started.

    `folder`: where tasks write. `task` and its results are pickled. An FtdataError that it raises is
    raised here.
    """

    def __init__(
        self, task: Callable[[Unit], _Result], work: Work, folder: str | None = None
    ) -> None:
        self._task = task
        self._work = work
        self._folder = folder
        self._stack = ExitStack()
        self._at: dict[Any, Unit] = {}
        self.size = work.choice.workers or 1

    def __enter__(self) -> RayPool[_Result]:
        choice = self._work.choice
        with ExitStack() as stack:
            self._ray = stack.enter_context(connected(choice))
            check_nodes(self._ray, self._work.sources, self._folder)
            self._stack = stack.pop_all()
        self.size = choice.workers or core_count(self._ray)
        is_cap = choice.workers is not None and choice.address is not None
        self._window = self.size * (1 if is_cap else _AHEAD)
        # Ray takes no partial: the task travels once, as data.
        self._begin = self._ray.remote(num_cpus=1, max_retries=_RETRIES)(answer_of)
        self._shared_task = self._ray.put(self._task)
        return self

    def __exit__(self, kind: type[BaseException] | None, *details: Any) -> None:
        try:
            if kind is not None:
                self._stop()
        finally:
            self._stack.__exit__(kind, *details)

    def _stop(self) -> None:
        """Ends the tasks that are under way, so that nothing is written any more.

        Not by force: if Ray kills a task that is just complete, it aborts this process.
        """
        for task in self._at:
            self._ray.cancel(task)
        if self._at:
            self._ray.wait([*self._at], num_returns=len(self._at), timeout=_SECONDS_TO_STOP)

    def run(
        self, units: Iterator[Unit], *, has_room: Callable[[], bool] = lambda: True
    ) -> Iterator[tuple[Unit, _Result]]:
        """Gives each unit with its result, as they come.

        Units are begun in their order, and no new one while `has_room` says no. Raises WorkerLost if the
        processes that were at a unit died again and again.
        """
        while True:
            while len(self._at) < self._window and has_room():
                unit = next(units, None)
                if unit is None:
                    break
                self._at[self._begin.remote(self._shared_task, unit)] = unit
            if not self._at:
                return
            self._ray.wait([*self._at], num_returns=1)
            done, _ = self._ray.wait([*self._at], num_returns=len(self._at), timeout=0)
            for task in done:
                unit = self._at.pop(task)
                yield unit, self._result_of(task, unit)

    def _result_of(self, task: Any, unit: Unit) -> _Result:
        errors = self._ray.exceptions
        try:
            result, error = self._ray.get(task)
        except errors.RayTaskError as failure:
            raise RuntimeError(f"in a task of Ray:\n{failure}") from None
        except errors.RayError as loss:
            raise WorkerLost(
                unit.source.name, unit.start, unit.end, deaths=_RETRIES + 1, cause=_name_of(loss)
            ) from None
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]


def _name_of(loss: Exception) -> str:
    return f"{type(loss).__name__} of Ray"


def _takes(work: Work) -> bool:
    """Whoever asks for Ray gets Ray, or is told why not."""
    pipes = [source.name for source in work.sources if is_pipe(source.path)]
    reason = f"{pipes[0]} gives its bytes to this process alone" if pipes else work.alone
    if reason is not None:
        raise UsageError(f"--engine ray cannot do this: {reason}")
    return True


def _open_pool(task: Task, work: Work, folder: str | None) -> RayPool[Any]:
    return RayPool(task, work, folder)


ENGINE = Engine("ray", "a Ray cluster", _takes, _open_pool)
