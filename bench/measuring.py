"""Runs commands in processes of their own, interleaved, and gives the medians of what they took."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_KIBIBYTE = 1024 if sys.platform != "darwin" else 1  # ru_maxrss counts kibibytes, on macOS bytes


class Measure(NamedTuple):
    """One run: seconds of processor and of the clock, and the peak memory of its largest process."""

    cpu_seconds: float
    wall_seconds: float
    peak_megabytes: float


def medians(commands: Mapping[str, list[str]], folder: Path, rounds: int) -> dict[str, Measure]:
    """Runs every command once in each round, in their order."""
    runs: dict[str, list[Measure]] = {label: [] for label in commands}
    for _ in range(rounds):
        for label, command in commands.items():
            runs[label].append(measured(command, folder))
    return {
        label: Measure(*map(statistics.median, zip(*some, strict=True)))
        for label, some in runs.items()
    }


def measured(command: list[str], folder: Path, *, source: list[str] | None = None) -> Measure:
    """Runs a command to its end. `source`: the command whose output it reads, which is not counted."""
    feeding = None
    if source is not None:
        feeding = subprocess.Popen(source, stdout=subprocess.PIPE)
    before, start = os.times(), time.perf_counter()
    with (folder / "out").open("wb") as out:
        standard_input = feeding.stdout if feeding else subprocess.DEVNULL
        process = subprocess.Popen(
            command, stdin=standard_input, stdout=out, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 2):  # tools that look for faults say so by their status
        raise SystemExit(f"{command} failed\n{(folder / 'out').read_text(encoding='utf-8')}")
    after = os.times()
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    if feeding is not None:
        feeding.wait()
        cpu = usage.ru_utime + usage.ru_stime
    return Measure(cpu, wall, usage.ru_maxrss * _KIBIBYTE / 1e6)
