"""Worker processes that do one task for many units, and are replaced when they die.

Not an executor of the standard library: there, the death of one process breaks the whole pool, and nobody
knows which unit it was at. Here each worker has its own pipe and at most `_AHEAD` units in hand, of which
it is at the first.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection as connections
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Generic, TypeVar

from ftdata.errors import FtdataError, WorkerLost
from ftdata.model import Unit

_Result = TypeVar("_Result")
_AHEAD = 2  # so that a worker need not wait for the next unit
_TRIES = 2
_SECONDS_TO_LEAVE = 5
#: End this process, which then ends its workers.
_ENDING = {getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)}


class _Worker:
    """One process, the pipe to it and the units that it was given, in order."""

    def __init__(self, task: Callable[[Unit], Any], method: str) -> None:
        context = multiprocessing.get_context(method)
        self.units: deque[Unit] = deque()
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, task), name="ftdata-worker")  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()

    def give(self, unit: Unit) -> None:
        self.units.append(unit)
        with suppress(OSError):  # it is dead: its pipe says so when it is read
            self.pipe.send(unit)

    def dismiss(self) -> None:
        with suppress(OSError):
            self.pipe.send(None)  # closing would not do: copies of this process hold the pipe too


class WorkerPool(Generic[_Result]):
    """Runs `task` for units in `workers` processes; to be used with `with`, which ends all of them.

    `task` and its results are pickled. An FtdataError that it raises is raised here.
    """

    def __init__(
        self, task: Callable[[Unit], _Result], workers: int, *, method: str | None = None
    ) -> None:
        self._task = task
        self._method = method or start_method()
        self._workers: list[_Worker] = []
        self.size = workers
        self._again: deque[Unit] = deque()  # were in the hands of a worker that died
        self._deaths: dict[Unit, int] = {}

    def __enter__(self) -> WorkerPool[_Result]:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for worker in self._workers:
            if kind is None:
                worker.dismiss()
            else:
                worker.process.kill()  # nothing that it holds is of use any more
        for worker in self._workers:
            worker.process.join(_SECONDS_TO_LEAVE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.process.close()
            worker.pipe.close()
        self._workers.clear()

    def run(
        self, units: Iterator[Unit], *, has_room: Callable[[], bool] = lambda: True
    ) -> Iterator[tuple[Unit, _Result]]:
        """Gives each unit with its result, as they come.

        Units are begun in their order, and no new one while `has_room` says no: whoever puts results in
        order says so while too many of them wait for an earlier one.
        Raises WorkerLost if the process that is at a unit dies twice.
        """
        while True:
            self._feed(units, has_room)
            busy = [worker for worker in self._workers if worker.units]
            if not busy:
                return
            ready = connections.wait([worker.pipe for worker in busy])
            for worker in busy:
                if worker.pipe not in ready:
                    continue
                try:
                    result, error = worker.pipe.recv()
                except (EOFError, OSError):
                    self._bury(worker)
                    continue
                unit = worker.units.popleft()
                if error is not None:
                    raise error
                yield unit, result

    def _feed(self, units: Iterator[Unit], has_room: Callable[[], bool]) -> None:
        """Hands out units, to the worker first that has fewest."""
        while self._again or has_room():
            worker = min(self._workers, key=lambda worker: len(worker.units), default=None)
            new_worker = len(self._workers) < self.size and (worker is None or worker.units)
            if not new_worker and worker is not None and len(worker.units) >= _AHEAD:
                return
            unit = self._again.popleft() if self._again else next(units, None)
            if unit is None:
                return
            if worker is None or new_worker:
                with _interrupts_held_back():  # a process is never started and then forgotten
                    worker = _Worker(self._task, self._method)
                    self._workers.append(worker)
            worker.give(unit)

    def _bury(self, worker: _Worker) -> None:
        """Takes the units of a dead worker back; the next one to be fed is its successor."""
        worker.process.join()
        self._workers.remove(worker)
        worker.pipe.close()
        self._again.extend(worker.units)
        unit = worker.units[0]
        self._deaths[unit] = self._deaths.get(unit, 0) + 1
        if self._deaths[unit] == _TRIES:
            raise WorkerLost(unit.source.name, unit.start, unit.end, worker.process.exitcode)
        worker.process.close()


def start_method() -> str:
    """How workers are started: as copies of this process where that is safe, else from nothing.

    A copy starts at once and has all that was loaded and compiled here. It is safe on Linux as long as
    there is but one thread: a lock that another thread holds would be held in the copy for ever.
    """
    tasks = Path("/proc/self/task")
    if sys.platform == "linux" and tasks.is_dir() and len(list(tasks.iterdir())) == 1:
        return "fork"
    return "spawn"


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl-C goes to all processes of a terminal: workers leave it to this one, from their first moment.

    What is raised while a process is copied would be lost: Python swallows it in the hooks of `os.fork`.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *_ENDING})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, task: Callable[[Unit], Any]) -> None:
    """The life of a worker: ends when it is dismissed or the process that started it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)  # a copy has the handler of its parent
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    answer_units(pipe, task)


def answer_units(pipe: Connection, task: Callable[[Unit], Any]) -> None:
    """Takes units from a pipe and sends (result, None) or (None, error) back, until None comes."""
    parent = multiprocessing.parent_process()
    sources: list[Any] = [pipe, parent.sentinel] if parent else [pipe]
    with suppress(EOFError, OSError):
        while pipe in connections.wait(sources):
            unit = pipe.recv()
            if unit is None:
                return
            pipe.send(answer_of(task, unit))


def answer_of(task: Callable[[Unit], Any], unit: Unit) -> tuple[Any, BaseException | None]:
    """Gives (result, None) or (None, error)."""
    try:
        return task(unit), None
    except FtdataError as error:
        return None, error
    except Exception:
        # Not every exception survives pickling; its text does.
        return None, RuntimeError(f"in a worker process:\n{traceback.format_exc()}")
