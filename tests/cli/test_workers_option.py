"""The command line with several processes, on a file that is large enough for them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes below /proc")

FTDATA = [sys.executable, "-m", "ftdata"]
# What a shell starts in the background ignores Ctrl-C, and so do these tests' own children there.
INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from ftdata.commands.main import main
main()
"""
LARGE = 40_000_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Chats of 40 MB, one line in a hundred cut off."""
    path = tmp_path_factory.mktemp("large") / "train.jsonl"
    turns = [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "word " * 400}]
    line = json.dumps({"messages": turns})
    hundred = f"{line}\n" * 99 + line[:-3] + "\n"
    path.write_text(hundred * (LARGE // len(hundred) + 1))
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate", "--target", "openai-sft", "--output-format", "json", "--max-findings", "50"],
        ["estimate", "--target", "openai-sft", "--model", "gpt-4.1-mini"],
        ["estimate", "--target", "together-sft", "--requests", "9", "--baseline-tokens", "900"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_workers_change_nothing_that_is_printed(large: Path, arguments: list[str]) -> None:
    outputs = [
        subprocess.run([*FTDATA, *arguments, "--workers", workers, str(large)], capture_output=True)
        for workers in ("1", "2")
    ]
    assert outputs[0].returncode == 1
    assert outputs[0].stdout == outputs[1].stdout
    assert outputs[0].stderr == outputs[1].stderr


def test_workers_change_nothing_that_is_written(large: Path, tmp_path: Path) -> None:
    said = []
    for workers in ("1", "2"):
        output = tmp_path / workers / "out.jsonl"
        arguments = ["convert", str(large), "-o", str(output), "--workers", workers]
        done = subprocess.run([*FTDATA, *arguments], capture_output=True, text=True)
        said.append(done.stderr.replace(str(output.parent), ""))
        assert done.returncode == 1
    assert said[0] == said[1]
    for name in ("out.jsonl", "out.rejects.jsonl"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


@pytest.fixture
def running(large: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A conversion in a process group of its own, at work with two workers."""
    arguments = ["convert", str(large), "--workers", "2", "-o", str(tmp_path / "out.jsonl")]
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, *arguments],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A run below nohup would not hear it.
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
    )
    with process:
        until(lambda: len(workers_of(process.pid)) == 2)
        yield process
        process.kill()


def workers_of(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()]


def until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.01)


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@on_linux
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("send", ["kill", "killpg"])
def test_ctrl_c_and_its_kin_end_all_processes_and_leave_no_file(
    running: subprocess.Popen[str],
    tmp_path: Path,
    name: str,
    send: str,
) -> None:
    workers = workers_of(running.pid)
    number = getattr(signal, name)
    getattr(os, send)(running.pid, number)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 128 + number
    assert "interrupted" in said
    assert "Traceback" not in said
    assert all(map(is_gone, workers))
    assert list(tmp_path.iterdir()) == []


@on_linux
def test_a_worker_killed_by_its_number_is_replaced(
    running: subprocess.Popen[str], tmp_path: Path
) -> None:
    os.kill(workers_of(running.pid)[0], signal.SIGKILL)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "Traceback" not in said
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["out.jsonl", "out.rejects.jsonl"]
    lines, rejects = (tmp_path.joinpath(name).read_bytes().splitlines() for name in names)
    assert len(lines) == 99 * len(rejects)
    assert [json.loads(reject)["row"] for reject in rejects] == [
        100 * (place + 1) for place in range(len(rejects))
    ]


@on_linux
def test_workers_do_not_outlive_the_process_that_started_them(
    running: subprocess.Popen[str],
) -> None:
    workers = workers_of(running.pid)
    running.kill()
    running.wait()
    until(lambda: all(map(is_gone, workers)))
