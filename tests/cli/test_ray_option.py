"""`--engine ray` from the command line: standard output holds the result and nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ftdata.version import __version__
from tests.cli.conftest import Ftdata

FTDATA = [sys.executable, "-m", "ftdata"]
SOURCE = Path(__file__).parents[2] / "src"
#: Whoever joins a cluster needs its token; this is the one of the clusters of these tests.
TOKEN = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "of-the-clusters-of-these-tests-0123456789"}
slow = pytest.mark.slow
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes below /proc")

# A cluster that others may join, until its standard input ends.
CLUSTER = """
import sys, ray
ray.init(address="local", num_cpus=2, include_dashboard=False, object_store_memory=80 * 2**20)
print(ray.get_runtime_context().gcs_address, flush=True)
sys.stdin.read()
ray.shutdown()
"""
INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from ftdata.commands.main import main
main()
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Chats of some units, one line in a hundred cut off."""
    path = tmp_path_factory.mktemp("large") / "train.jsonl"
    turns = [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "word " * 400}]
    line = json.dumps({"messages": turns})
    hundred = f"{line}\n" * 99 + line[:-3] + "\n"
    path.write_text(hundred * (100_000_000 // len(hundred) + 1))
    return path


def output_of(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*FTDATA, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, **TOKEN},
    )


def tasks_below(pid: int) -> list[int]:
    """The tasks of Ray that are done by processes that this process has started."""
    found: list[int] = []
    below = [pid]
    while below:
        parent = below.pop()
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
            if Path(f"/proc/{parent}/cmdline").read_bytes().startswith(b"ray::answer_of"):
                found.append(parent)
        except (FileNotFoundError, ProcessLookupError):
            continue
        below += map(int, children)
    return found


def until(reached: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.01)


@contextmanager
def at_work(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A run on a Ray of its own, as soon as it is at its first units."""
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, *map(str, arguments), "--engine", "ray"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        until(lambda: tasks_below(process.pid))
        yield process
        process.kill()


@contextmanager
def cluster(import_path: Path) -> Iterator[str]:
    """The address of a cluster that was started by somebody else."""
    process = subprocess.Popen(
        [sys.executable, "-c", CLUSTER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={
            **os.environ,
            **TOKEN,
            "PYTHONPATH": str(import_path),
            "RAY_USAGE_STATS_ENABLED": "0",
        },
    )
    with process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate()


@slow
@on_linux
def test_a_killed_task_changes_nothing_that_is_printed(large: Path) -> None:
    arguments = ["validate", large, "--target", "openai-sft", "--output-format", "json"]
    with at_work(*arguments, "--workers", "2") as process:
        os.kill(tasks_below(process.pid)[0], signal.SIGKILL)
        out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    assert process.returncode == 1
    assert out == output_of(*arguments, "--workers", "1").stdout


@slow
@on_linux
def test_ctrl_c_leaves_no_file_and_no_task(large: Path, tmp_path: Path) -> None:
    with at_work("convert", large, "-o", tmp_path / "out.jsonl") as process:
        tasks = tasks_below(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "interrupted" in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in tasks))


@slow
def test_a_cluster_that_is_there_is_joined(large: Path, tmp_path: Path) -> None:
    with cluster(SOURCE) as address:
        with_ray = ["--engine", "ray", "--ray-address", address, "--workers", "2"]
        done = output_of("convert", large, "-o", tmp_path / "ray.jsonl", *with_ray)
        assert done.stdout == ""
        assert done.returncode == 1, done.stderr
    output_of("convert", large, "-o", tmp_path / "one.jsonl", "--workers", "1")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "one.jsonl",
        "one.rejects.jsonl",
        "ray.jsonl",
        "ray.rejects.jsonl",
    ]
    for name in ("{}.jsonl", "{}.rejects.jsonl"):
        one, ray = (tmp_path / name.format(run) for run in ("one", "ray"))
        assert one.read_bytes() == ray.read_bytes()


@slow
def test_a_cluster_without_ftdata_is_refused_before_the_work_begins(
    large: Path, tmp_path: Path
) -> None:
    (tmp_path / "ftdata").mkdir()
    (tmp_path / "ftdata" / "__init__.py").write_text("raise ModuleNotFoundError('no ftdata')")
    with cluster(tmp_path) as address:
        done = output_of("validate", large, "--engine", "ray", "--ray-address", address)
    assert done.returncode == 2
    assert "ftdata does not run there" in done.stderr
    assert f"install ftdata {__version__} on each node" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_use_is_said(ftdata: Ftdata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n")
    for arguments, said in (
        (["--engine", "dask"], "unknown engine 'dask'; known: local, ray"),
        (["--ray-address", "auto"], "--ray-address is of no use without --engine ray"),
        (["--engine", "ray", "--ray-address", "127.0.0.1:1"], "no Ray cluster at 127.0.0.1:1"),
    ):
        outcome = ftdata("validate", "a.jsonl", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err
    outcome = ftdata("validate", "-", "--engine", "ray", stdin=b"{}")
    assert outcome.code == 2
    assert "<stdin> gives its bytes to this process alone" in outcome.err
    monkeypatch.setitem(sys.modules, "ray", None)
    outcome = ftdata("estimate", "a.jsonl", "--engine", "ray")
    assert outcome.code == 2
    assert "--engine ray needs an optional package: pip install 'ftdata[ray]'" in outcome.err
