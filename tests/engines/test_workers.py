"""Worker processes: what they give, and what happens when one of them dies."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from ftdata.engines.workers import WorkerPool, answer_units, start_method
from ftdata.errors import FtdataError, UnreadableSource, WorkerLost
from ftdata.model import Source, Unit

SOURCE = Source("rows.jsonl", "rows.jsonl", "jsonl")


def units(count: int) -> Iterator[Unit]:
    for index in range(count):
        yield Unit(SOURCE, index, index * 10, (index + 1) * 10)


def double(unit: Unit) -> int:
    return unit.index * 2


def wait_forever(_: Unit) -> None:
    time.sleep(600)


def die_at_third(folder: Path, times: int, unit: Unit) -> int:
    """Kills its own process at unit 3, as often as told; each death leaves a file."""
    deaths = len(list(folder.iterdir()))
    if unit.index == 3 and deaths < times:
        (folder / str(deaths)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return unit.index * 2


def refuse(unit: Unit) -> int:
    raise UnreadableSource(unit.source.name, "gone")


def fail(unit: Unit) -> int:
    raise KeyError(unit.index)


def children() -> list[multiprocessing.Process]:
    return [child for child in multiprocessing.active_children() if child.name == "ftdata-worker"]  # type: ignore[misc]


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_every_unit_comes_back_once_with_its_result(method: str) -> None:
    with WorkerPool(double, 2, method=method) as pool:
        results = sorted((unit.index, result) for unit, result in pool.run(units(20)))
        assert len(children()) == 2
    assert results == [(index, index * 2) for index in range(20)]
    assert children() == []


@pytest.mark.parametrize("workers", [1, 3])
def test_no_more_processes_are_started_than_there_are_units(workers: int) -> None:
    with WorkerPool(double, workers) as pool:
        assert len(list(pool.run(units(2)))) == 2
        assert len(children()) == min(workers, 2)


def test_units_of_a_killed_worker_are_done_by_another(tmp_path: Path) -> None:
    with WorkerPool(partial(die_at_third, tmp_path, 1), 2) as pool:
        results = sorted((unit.index, result) for unit, result in pool.run(units(9)))
    assert results == [(index, index * 2) for index in range(9)]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_worker_killed_from_outside_is_replaced() -> None:
    with WorkerPool(double, 2) as pool:
        results = []
        for unit, result in pool.run(units(30)):
            if unit.index == 5:
                children()[0].kill()
            results.append((unit.index, result))
    assert sorted(results) == [(index, index * 2) for index in range(30)]


def test_two_deaths_at_the_same_unit_name_its_bytes(tmp_path: Path) -> None:
    with (
        pytest.raises(
            WorkerLost, match=r"rows\.jsonl: .* bytes 30 to 40 died twice .*signal 9"
        ) as lost,
        WorkerPool(partial(die_at_third, tmp_path, 2), 2) as pool,
    ):
        list(pool.run(units(9)))
    error = lost.value
    assert (error.source, error.start, error.end, error.exit_code) == ("rows.jsonl", 30, 40, -9)
    assert children() == []


def test_the_last_unit_of_a_file_has_no_last_byte_and_a_status_may_be_positive() -> None:
    text = str(WorkerLost("a.jsonl", 30, None, 1))
    assert "bytes 30 to the end" in text
    assert "exit status 1" in text


def test_an_error_of_a_task_is_raised_here() -> None:
    with pytest.raises(UnreadableSource, match="gone") as raised, WorkerPool(refuse, 2) as pool:
        list(pool.run(units(3)))
    assert isinstance(raised.value, FtdataError)
    with (
        pytest.raises(RuntimeError, match=r"(?s)worker process.*in fail.*KeyError"),
        WorkerPool(fail, 1) as pool,
    ):
        list(pool.run(units(1)))
    assert children() == []


def test_an_interruption_leaves_no_process() -> None:
    def interrupted() -> None:
        with WorkerPool(double, 2) as pool:
            for _ in pool.run(units(50)):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert children() == []


def test_a_worker_that_does_not_leave_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ftdata.engines.workers._SECONDS_TO_LEAVE", 0.1)
    with WorkerPool(wait_forever, 1) as pool:
        pool._feed(units(1), lambda: True)
        assert len(children()) == 1
    assert children() == []


def test_nothing_new_is_begun_without_room() -> None:
    begun: list[int] = []

    def watched() -> Iterator[Unit]:
        for unit in units(50):
            begun.append(unit.index)
            yield unit

    with WorkerPool(double, 2) as pool:
        results = pool.run(watched(), has_room=lambda: len(begun) < 7)
        assert len(list(results)) == 7


def test_a_worker_answers_until_it_is_dismissed() -> None:
    ours, theirs = multiprocessing.Pipe()
    for unit in units(2):
        ours.send(unit)
    ours.send(None)
    answer_units(theirs, double)
    assert [ours.recv(), ours.recv()] == [(0, None), (2, None)]
    for task, kind in ((refuse, UnreadableSource), (fail, RuntimeError)):
        ours.send(next(units(1)))
        ours.send(None)
        answer_units(theirs, task)
        result, error = ours.recv()
        assert result is None
        assert isinstance(error, kind)


def test_a_worker_leaves_when_nobody_listens() -> None:
    ours, theirs = multiprocessing.Pipe()
    ours.close()
    answer_units(theirs, double)


@pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="threads are counted on Linux only"
)
def test_a_process_with_threads_is_not_copied() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert start_method() == "spawn"
    finally:
        stop.set()
        thread.join()
    with contextlib.ExitStack() as stack:
        if len(list(Path("/proc/self/task").iterdir())) > 1:
            stack.enter_context(pytest.raises(AssertionError))  # the test runner has threads itself
        assert start_method() == "fork"
