"""Peak memory of the three commands on large files: it must not grow with the file.

    python bench/memory.py                        1 GB of JSONL and of CSV; prints a Markdown table
    python bench/memory.py --megabytes 100 1000   two sizes, to see that the peak stays where it is

The files are generated in a temporary folder, every record different, and removed at the end.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_WORDS_KNOWN = 5000
_MESSAGES = 4
_KIBIBYTE = 1024 if sys.platform != "darwin" else 1  # ru_maxrss counts kibibytes, on macOS bytes


class Run(NamedTuple):
    """One measured process."""

    command: str
    container: str
    megabytes: int
    seconds: float
    peak_megabytes: float
    status: int


def main() -> int:
    """Measures, prints the table, and fails where a command failed or took more than allowed."""
    options = parsed_arguments()
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for megabytes in options.megabytes:
            for container in options.containers:
                source = Path(folder) / f"{megabytes}.{container}"
                write_file(source, megabytes * 10**6)
                # Only lines of chat can be validated and priced; anything can be converted.
                fitting = options.commands if container == "jsonl" else ["convert"]
                runs += [measured(command, source, megabytes) for command in fitting]
                source.unlink()
    print(table(runs))
    too_much = [run for run in runs if run.peak_megabytes > options.allowed or run.status]
    return 1 if too_much else 0


def parsed_arguments() -> argparse.Namespace:
    """What to measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, nargs="+", default=[1000])
    parser.add_argument("--containers", nargs="+", default=["jsonl", "csv"])
    parser.add_argument("--commands", nargs="+", default=["validate", "convert", "estimate"])
    parser.add_argument("--allowed", type=float, default=200, help="megabytes; more is a failure")
    parser.add_argument("--folder", help="where the large files go; default: the temporary folder")
    return parser.parse_args()


def write_file(path: Path, byte_count: int) -> None:
    """Writes at least `byte_count` bytes of chat JSONL or of a question and answer CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        write = csv.writer(stream, lineterminator="\n").writerow
        if path.suffix == ".csv":
            write(["question", "answer"])
        for texts in conversations():
            if stream.tell() >= byte_count:
                return
            for _ in range(100):  # tell() is slow: one record in a hundred is enough
                if path.suffix == ".csv":
                    write([texts[0], "\n".join(texts[1:])])
                else:
                    stream.write(json.dumps(chat(texts), ensure_ascii=False) + "\n")
                texts = next_texts(texts)


def conversations() -> Iterator[list[str]]:
    """Endless texts of a few dozen invented words, the same in every run."""
    chance = random.Random(7)  # noqa: S311 - nothing secret is drawn
    letters = "aabcdeeefghiiklmnnooprssttuuvwäöüß"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(_WORDS_KNOWN)]
    number = 0
    while True:
        texts = []
        for _ in range(_MESSAGES):
            number += 1
            texts.append(f"{number} {' '.join(chance.choices(words, k=chance.randint(20, 60)))}")
        yield texts


def next_texts(texts: list[str]) -> list[str]:
    """Another conversation, cheaply: the words of each text move one place."""
    return [" ".join(words[1:] + words[:1]) for words in (text.split(" ") for text in texts)]


def chat(texts: list[str]) -> dict[str, list[dict[str, str]]]:
    """A record of user and assistant turns."""
    roles = ("user", "assistant")
    return {
        "messages": [
            {"role": roles[index % 2], "content": text} for index, text in enumerate(texts)
        ]
    }


def measured(command: str, source: Path, megabytes: int) -> Run:
    """Runs one command on a file in a process of its own."""
    arguments = {
        "validate": ["--target", "openai-sft"],
        "convert": ["--to", "openai-sft", "-o", str(source.with_name("converted.jsonl"))],
        "estimate": ["--target", "openai-sft"],
    }[command]
    scripts = Path(sys.executable).parent
    before = time.monotonic()
    process = subprocess.Popen(
        [str(scripts / "ftdata"), command, str(source), *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, wait_status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(wait_status)
    seconds = time.monotonic() - before
    peak = usage.ru_maxrss * _KIBIBYTE / 10**6
    return Run(command, source.suffix[1:], megabytes, seconds, peak, process.returncode)


def table(runs: list[Run]) -> str:
    """The runs as a Markdown table."""
    lines = [
        "| command | container | MB | seconds | MB/s | peak MB | exit |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {run.command} | {run.container} | {run.megabytes:,} | {run.seconds:.0f} "
        f"| {run.megabytes / run.seconds:.0f} | {run.peak_megabytes:.0f} | {run.status} |"
        for run in runs
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
