"""Speed as ratios taken in one run: ftdata beside json.loads, orjson and a notebook's script, same lines.

    python bench/speed.py                     10 MB and 100 MB; prints the table of docs/performance.md
    python bench/speed.py --megabytes 1000    another size
    python bench/speed.py --write             renews docs/performance.md

The lines are real chats from a folder of data sets where there is one (--data, default ../shared/data), else
generated. All commands run in processes of their own, interleaved, several times; medians are shown.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

BENCH = Path(__file__).resolve().parent
PAGE = BENCH.parent / "docs" / "performance.md"
_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"
_KIBIBYTE = 1024 if sys.platform != "darwin" else 1  # ru_maxrss counts kibibytes, on macOS bytes
_CHATS = (
    "azureml_ft/conversation__train_conversation.jsonl",
    "azureml_ft/data__chat_train.jsonl",
    "openai_cookbook/drone_training.jsonl",
)
_PACKAGES = ("ftdata", "orjson", "msgspec", "jsonschema-rs", "tiktoken", "toktok-rs")


class Measure(NamedTuple):
    """One process: seconds of processor and of the clock, and its peak memory."""

    cpu_seconds: float
    wall_seconds: float
    peak_megabytes: float


def commands(lines: Path) -> dict[str, list[str]]:
    """What is measured, by name."""
    python = sys.executable
    loop = f"import sys\nfor line in open({str(lines)!r}, 'rb'): pass"
    parsed = "import {0}\nfor line in open({1!r}, 'rb'): {0}.loads(line)"
    tool = [python, "-m", "ftdata"]
    target = ["-q", str(lines), "--target", "openai-sft"]
    model = ["--model", "gpt-4.1"]
    return {
        "read lines": [python, "-c", loop],
        "orjson.loads": [python, "-c", parsed.format("orjson", str(lines))],
        "json.loads": [python, "-c", parsed.format("json", str(lines))],
        "ftdata validate, 1 worker": [*tool, "validate", *target, "--workers", "1"],
        "ftdata validate": [*tool, "validate", *target],
        "notebook's checks and counts": [python, str(BENCH / "notebook_script.py"), str(lines)],
        "ftdata estimate, 1 worker": [*tool, "estimate", *target, *model, "--workers", "1"],
        "ftdata estimate": [*tool, "estimate", *target, *model],
    }


def measured(command: list[str], folder: Path) -> Measure:
    """Runs a command to its end."""
    before, start = os.times(), time.perf_counter()
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} failed\n{(folder / 'out').read_text(encoding='utf-8')}")
    after = os.times()
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return Measure(cpu, wall, usage.ru_maxrss * _KIBIBYTE / 1e6)


def write_corpus(path: Path, byte_count: int, data: Path) -> str:
    """Writes at least so many bytes of chat lines; says what they are."""
    files = [data / name for name in _CHATS if (data / name).is_file()]
    lines = [line for file in files for line in file.read_bytes().splitlines()] or list(_made())
    with path.open("wb") as out:
        while out.tell() < byte_count:
            out.writelines(line + b"\n" for line in lines)
    return "real chats, repeated" if files else "generated chats, repeated"


def _made() -> Iterator[bytes]:
    for number in range(2000):
        turns = [{"role": "user", "content": f"Where is box {number}? " * (1 + number % 9)}]
        turns.append(
            {"role": "assistant", "content": f"On shelf {number * 7}. " * (1 + number % 7)}
        )
        yield json.dumps({"messages": turns}).encode()


def rows_of(megabytes: int, rounds: int, data: Path) -> Iterator[str]:
    """Measures one size; gives the rows of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = folder / "lines.jsonl"
        what = write_corpus(lines, megabytes * 10**6, data)
        size = lines.stat().st_size / 1e6
        wanted = commands(lines)
        runs: dict[str, list[Measure]] = {label: [] for label in wanted}
        for _ in range(rounds):
            for label, command in wanted.items():
                runs[label].append(measured(command, folder))
    middle = {
        label: Measure(*map(statistics.median, zip(*some, strict=True)))
        for label, some in runs.items()
    }
    script, floor = middle["notebook's checks and counts"], middle["orjson.loads"]
    for label, it in middle.items():
        yield (
            f"| {megabytes} MB, {what} | {label} | {size / it.cpu_seconds:,.0f} | {it.wall_seconds:.2f} "
            f"| {it.peak_megabytes:,.0f} | {floor.cpu_seconds / it.cpu_seconds:.2f} "
            f"| {script.wall_seconds / it.wall_seconds:.1f} | {script.cpu_seconds / it.cpu_seconds:.1f} |"
        )


def page(rows: list[str], rounds: int) -> str:
    """The measured part of docs/performance.md."""
    packages = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    head = (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, CPython "
        f"{platform.python_version()}, {packages}; medians of {rounds} interleaved runs. Peak memory is that "
        "of the largest process.\n\n"
        "| lines | command | MB per CPU second | wall seconds | peak MB | rate / orjson.loads (CPU) "
        "| times the script (wall) | times the script (CPU) |\n|---|---|---:|---:|---:|---:|---:|---:|\n"
    )
    return f"{_BEGIN}\n\n{head}" + "\n".join(rows) + f"\n\n{_END}"


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:
        return "absent"


def main() -> None:
    """Measures and prints, or writes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megabytes", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, default=BENCH.parent.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="renew docs/performance.md")
    options = parser.parse_args()
    rows = [
        row for size in options.megabytes for row in rows_of(size, options.rounds, options.data)
    ]
    text = page(rows, options.rounds)
    if not options.write:
        print(text)
        return
    old = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        old[: old.index(_BEGIN)] + text + old[old.index(_END) + len(_END) :], encoding="utf-8"
    )


if __name__ == "__main__":
    main()
