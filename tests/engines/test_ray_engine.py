"""Ray gives what this process gives, to the byte, even where one of its workers is killed."""

from __future__ import annotations

import bz2
import gzip
import os
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.engines.test_parallel import PLAN, READING, Run, chat
from tests.engines.test_shard_folder import Folder
from tests.engines.test_workers import die_at_third, fail, refuse, units

from ftdata import convert, estimate, validate
from ftdata.engines import validation
from ftdata.engines.engine import EngineChoice, Work
from ftdata.engines.local import judge_sources
from ftdata.engines.pools.ray_cluster import connected
from ftdata.engines.pools.ray_probe import look_around
from ftdata.engines.pools.ray_tasks import RayPool
from ftdata.errors import UndecidedLayout, UnreadableSource, UsageError, WorkerLost
from ftdata.model import Source
from ftdata.readers.sources import find_sources
from ftdata.version import __version__

pytestmark = pytest.mark.slow

RAY = EngineChoice("ray", workers=2)


@pytest.fixture(scope="module", autouse=True)
def ray() -> Iterator[Any]:
    """One Ray for all tests of this file: the engine keeps a connection that is there."""
    with connected(RAY) as module:
        yield module
    assert descendants() == []


@pytest.fixture
def sources(tmp_path: Path) -> list[Source]:
    """All kinds of trouble: faults on lines and of files, archives, tables, several files."""
    folder = tmp_path / "in"
    folder.mkdir()
    lines = "".join(map(chat, range(1, 400))).encode()
    (folder / "a.jsonl").write_bytes(lines + b'{"messages": [')
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines))
    (folder / "c.csv").write_text("question,answer\n" + "".join(f"Q{n},\n" for n in range(9)))
    (folder / "d.jsonl").write_text("".join(map(chat, range(1, 90))), encoding="utf-16")
    (folder / "e.jsonl").write_bytes(b"\xef\xbb\xbf" + lines.replace(b"Q7", b"\xff\xe2\x80\xa8"))
    (folder / "f.jsonl.bz2").write_bytes(bz2.compress(lines[:-100]))
    (folder / "g.json").write_text("[" + ",\n".join(map(chat, range(12, 20))) + "]")
    return find_sources([str(folder)], READING)


def descendants() -> list[int]:
    """The processes below this one that are still at work."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = entry.read_text().rpartition(") ")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            children.setdefault(int(parent), []).append(int(entry.parent.name))
    found, new = [], [os.getpid()]
    while new:
        new = [child for parent in new for child in children.get(parent, [])]
        found += new
    return found


def workers_of_ray() -> list[int]:
    titles = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in descendants()}
    return [pid for pid, title in titles.items() if title.startswith(b"ray::answer_of")]


@pytest.mark.parametrize("unit_bytes", [1000, 20_000])
def test_the_report_is_that_of_one_process(sources: list[Source], unit_bytes: int) -> None:
    covered: list[int] = []
    report = validation.validate_sources(
        PLAN,
        sources,
        READING,
        choice=RAY,
        unit_bytes=unit_bytes,
        progress=lambda _, byte_count: covered.append(byte_count),
    )
    assert report.to_json() == judge_sources(PLAN, sources, READING).to_json()
    assert report.errors > 20
    assert sum(covered) == sum(Path(source.path).stat().st_size for source in sources)


@pytest.mark.parametrize("options", [{}, {"sample": 50}, {"split": 0.8}], ids=str)
def test_the_bytes_are_those_of_one_process(
    sources: list[Source], tmp_path: Path, options: dict[str, Any]
) -> None:
    one = Run(sources, tmp_path / "one", **options)
    ray = Run(sources, tmp_path / "ray", engine="ray", workers=2, unit_bytes=1000, **options)
    assert ray.hashes == one.hashes
    assert ray.accounts == one.accounts
    assert "out.rejects.jsonl" in one.hashes


def test_a_folder_of_shards_is_the_same_and_is_kept(sources: list[Source], tmp_path: Path) -> None:
    Run(sources, tmp_path / "one")
    folder = Folder(tmp_path)
    first = folder.write(sources, engine="ray", workers=2)
    assert folder.lines == (tmp_path / "one" / "out.jsonl").read_bytes()
    assert folder.rejects == (tmp_path / "one" / "out.rejects.jsonl").read_bytes()
    manifest = folder.manifest
    folder.shards[3].unlink()
    again = folder.write(sources, engine="ray", workers=2)
    assert (again.shards, again.shards_kept) == (first.shards, first.shards - 1)
    assert folder.manifest == manifest
    assert folder.write(sources).shards_kept == first.shards


def test_the_library_gives_the_same(sources: list[Source], tmp_path: Path) -> None:
    data = [source.path for source in sources]
    with_ray: dict[str, Any] = {"engine": "ray", "workers": None}
    found = validate(data, target="openai-sft", count_tokens=True)
    assert (
        found.to_json()
        == validate(data, target="openai-sft", count_tokens=True, **with_ray).to_json()
    )
    quoted = estimate(data, models=["gpt-4.1-mini"])
    quoted_by_ray = estimate(data, models=["gpt-4.1-mini"], **with_ray)
    assert quoted_by_ray.report.to_json() == quoted.report.to_json()
    assert quoted_by_ray.quotes == quoted.quotes
    for name, options in (("one", {}), ("ray", with_ray)):
        convert(data, to="openai-sft", output=tmp_path / name, **options)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "ray").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes below /proc")
def test_a_worker_killed_in_mid_run_changes_nothing(sources: list[Source], tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_one(*_: object) -> None:
        at_work = [] if killed else workers_of_ray()
        if at_work:
            os.kill(at_work[0], signal.SIGKILL)
            killed.append(at_work[0])

    one = Run(sources, tmp_path / "one")
    ray = Run(sources, tmp_path / "ray", engine="ray", workers=2, unit_bytes=500, progress=kill_one)
    assert killed
    assert ray.hashes == one.hashes


def test_a_unit_whose_worker_died_is_done_again(tmp_path: Path) -> None:
    with RayPool(partial(die_at_third, tmp_path, 2), Work([], RAY)) as pool:
        results = sorted((unit.index, result) for unit, result in pool.run(units(9)))
    assert results == [(index, index * 2) for index in range(9)]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_unit_at_which_all_die_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(WorkerLost, match=r"rows\.jsonl: .* bytes 30 to 40 died 4 times .*of Ray"),
        RayPool(partial(die_at_third, tmp_path, 99), Work([], RAY)) as pool,
    ):
        list(pool.run(units(9)))


def test_an_error_of_a_task_is_raised_here() -> None:
    with (
        pytest.raises(UnreadableSource, match="gone"),
        RayPool(refuse, Work([], RAY)) as pool,
    ):
        list(pool.run(units(3)))
    with (
        pytest.raises(RuntimeError, match=r"(?s)worker process.*in fail.*KeyError"),
        RayPool(fail, Work([], RAY)) as pool,
    ):
        list(pool.run(units(1)))


def test_no_more_units_are_begun_than_there_is_room_for() -> None:
    begun: list[int] = []

    def watched() -> Iterator[Any]:
        for unit in units(50):
            begun.append(unit.index)
            yield unit

    with RayPool(str, Work([], RAY)) as pool:
        assert len(list(pool.run(watched(), has_room=lambda: len(begun) < 7))) == 7


def test_an_interruption_and_an_undecided_layout_leave_no_file(
    sources: list[Source], tmp_path: Path
) -> None:
    def interrupt(*_: object) -> None:
        assert any((tmp_path / "out").iterdir())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Run(sources, tmp_path / "out", engine="ray", unit_bytes=500, progress=interrupt)
    assert list((tmp_path / "out").iterdir()) == []
    odd = tmp_path / "odd.jsonl"
    odd.write_text('{"x": 1}\n' * 300)
    with pytest.raises(UndecidedLayout, match="cannot tell the layout from x"):
        Run(find_sources([str(odd)], READING), tmp_path / "out", engine="ray", unit_bytes=100)
    assert list((tmp_path / "out").iterdir()) == []


def test_what_only_this_process_can_do_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(chat(1))
    with pytest.raises(UsageError, match="rows in memory"):
        validate([{"messages": []}], engine="ray")
    with pytest.raises(UsageError, match="without an output the rows come back"):
        convert(path, engine="ray")
    with pytest.raises(UsageError, match="a limit of rows"):
        convert(path, output=tmp_path / "out", limit=3, engine="ray")
    standard_input = Source("<stdin>", "-", "jsonl")
    with pytest.raises(UsageError, match="<stdin> gives its bytes to this process alone"):
        validation.validate_sources(PLAN, [standard_input], READING, choice=RAY)


def test_a_node_that_does_not_see_the_same_is_named(tmp_path: Path, ray: Any) -> None:
    from ftdata.engines.pools import ray_probe

    path = tmp_path / "a.jsonl"
    path.write_text(chat(1))
    size = path.stat().st_size
    assert look_around(__version__, {str(path): size}) is None
    with pytest.raises(UsageError, match=r"node .* of the Ray cluster: it does not see .*gone"):
        ray_probe._ask(ray, {str(tmp_path / "gone"): 1})
    with pytest.raises(UsageError, match="bytes there and 1 here; it is not the same file"):
        ray_probe._ask(ray, {str(path): 1})
    assert "install 0.0.0 on each node" in str(look_around("0.0.0", {}))
