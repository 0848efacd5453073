"""Speed as ratios taken in one run: ftdata beside orjson, json.loads, a notebook's script and the peers.

    python bench/speed.py                        all sections but the longest; prints them
    python bench/speed.py rate --megabytes 1000  one section, of another size
    python bench/speed.py --write                renews those sections of docs/performance.md
    python bench/speed.py --peers VENV           looks for the peers of peers.toml in VENV/bin, too

All commands run on the same lines in processes of their own, interleaved, several times; medians are shown.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import Process
from pathlib import Path

from corpora import (
    TEXTS,
    TOOLS,
    chat_lines,
    prose,
    write_lines,
    write_messages,
    write_table,
)
from measuring import Measure, measured, medians

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

BENCH = Path(__file__).resolve().parent
PAGE = BENCH.parent / "docs" / "performance.md"
_PACKAGES = (
    "ftdata", "orjson", "msgspec", "jsonschema-rs", "tiktoken", "toktok-rs", "pyarrow", "pandas", "ray",
)  # fmt: skip
_TOOL = [sys.executable, "-m", "ftdata"]
_MODEL = ["--target", "openai-sft", "--model", "gpt-4.1"]


@dataclass(frozen=True)
class Settings:
    """What a section may use."""

    folder: Path
    data: Path
    rounds: int
    megabytes: int
    peers: str

    def lines(self, names: tuple[str, ...] = TEXTS, megabytes: int | None = None) -> Path:
        """A file of chats, written once."""
        size = megabytes or self.megabytes
        path = self.folder / f"{'tools' if names == TOOLS else 'texts'}-{size}.jsonl"
        if not path.exists():
            write_lines(path, chat_lines(self.data, names), size * 10**6)
        return path


def validate(file: Path | str, *options: str) -> list[str]:
    """The command that checks without counting."""
    return [*_TOOL, "validate", "-q", str(file), *_MODEL, *options]


def estimate(file: Path | str, *options: str) -> list[str]:
    """The command that checks and counts everything."""
    return [*_TOOL, "estimate", "-q", str(file), *_MODEL, *options]


def rate(settings: Settings) -> Iterator[str]:
    """MB a second of everything that reads the same lines."""
    yield "| lines | command | MB per CPU second | wall s | peak MB | rate / orjson (CPU) | times the script (wall) | (CPU) |"  # noqa: E501
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    for what, names in (("texts", TEXTS), ("tools", TOOLS)):
        lines = settings.lines(names)
        middle = medians(_readers(lines, settings.peers), settings.folder, settings.rounds)
        yield from _rates(f"{settings.megabytes} MB, {what}", lines, middle)


def _readers(lines: Path, peers: str) -> dict[str, list[str]]:
    loop = "import {0}\nfor line in open({1!r}, 'rb'): {0}.loads(line)"
    python = [sys.executable, "-c"]
    commands = {
        "wc -l": ["wc", "-l", str(lines)],
        "orjson.loads": [*python, loop.format("orjson", str(lines))],
        "json.loads": [*python, loop.format("json", str(lines))],
        "ftdata validate, 1 worker": validate(lines, "--workers", "1"),
        "ftdata validate": validate(lines),
        "the script": [sys.executable, str(BENCH / "notebook_script.py"), str(lines)],
        "ftdata estimate, 1 worker": estimate(lines, "--workers", "1"),
        "ftdata estimate": estimate(lines),
    }
    for peer in tomllib.loads((BENCH / "peers.toml").read_text(encoding="utf-8"))["peer"]:
        program = shutil.which(peer["program"], path=peers)
        if program:
            rest = [part.format(file=lines) for part in peer["command"]]
            commands[f"{peer['program']} {rest[0]}"] = [program, *rest]
    return commands if shutil.which("wc") else {k: v for k, v in commands.items() if k != "wc -l"}


def _rates(what: str, lines: Path, middle: dict[str, Measure]) -> Iterator[str]:
    size = lines.stat().st_size / 1e6
    script, floor = middle["the script"], middle["orjson.loads"]
    for label, it in middle.items():
        cpu = max(it.cpu_seconds, 0.01)  # the clock of the system does not tell less
        yield (
            f"| {what} | {label} | {size / cpu:,.0f} | {it.wall_seconds:.2f} | {it.peak_megabytes:,.0f} "
            f"| {floor.cpu_seconds / cpu:.2f} | {script.wall_seconds / it.wall_seconds:.1f} "
            f"| {script.cpu_seconds / cpu:.1f} |"
        )


def totals(settings: Settings) -> Iterator[str]:
    """Whether the script and ftdata count the same tokens."""
    import subprocess

    import ftdata

    lines = settings.lines(megabytes=10)
    result = ftdata.estimate(str(lines), target="openai-sft", models=["gpt-4.1"])
    ours = next(iter(result.report.tokens.values()))["cookbook"]
    script = [sys.executable, str(BENCH / "notebook_script.py"), str(lines)]
    theirs = int(subprocess.check_output(script).split()[-1])
    yield f"On 10 MB of texts the script counts {theirs:,} tokens and ftdata, in the script's way, {ours:,}."


def faults(settings: Settings) -> Iterator[str]:
    """What faulty lines cost."""
    yield "| lines | CPU s | / clean |"
    yield "|---|---:|---:|"
    lines = chat_lines(settings.data, TEXTS)
    commands = {}
    for what, each in (("clean", 0), ("1 in 100 faulty", 100), ("1 in 10 faulty", 10), ("all", 1)):
        path = settings.folder / f"faulty-{each}.jsonl"
        write_lines(
            path, lines, settings.megabytes * 10**6 // (20 if each == 1 else 1), faulty_each=each
        )
        commands[what] = validate(path, "--workers", "1", "--max-findings", "10")
    everything = commands.pop("all")
    middle = medians(commands, settings.folder, settings.rounds)
    for what, it in middle.items():
        ratio = it.cpu_seconds / middle["clean"].cpu_seconds
        yield f"| {settings.megabytes} MB, {what} | {it.cpu_seconds:.2f} | {ratio:.2f} |"
    path = settings.folder / "faulty-1.jsonl"
    count = path.read_bytes().count(b"\n")
    took = measured(everything, settings.folder).cpu_seconds
    yield f"| {count:,} lines, all faulty | {took:.2f} | {took / count * 1e6:.0f} microseconds a line |"


def runs(settings: Settings) -> Iterator[str]:
    """Messages of one megabyte of the same character."""
    yield "| messages of 1 MB of | MB per CPU second |"
    yield "|---|---:|"
    texts = {
        "prose": prose(chat_lines(settings.data, TEXTS)),
        "a": "a",
        "space": " ",
        "newline": "\n",
        "-": "-",
    }
    commands = {}
    for name, text in texts.items():
        path = settings.folder / f"run-{name}.jsonl"
        write_messages(path, text, 20_000_000 if name != "-" else 4_000_000)
        commands[name] = estimate(path, "--workers", "1")
    empty = settings.folder / "run-none.jsonl"
    write_messages(empty, "a", 1_000_100)
    start = medians({"start": estimate(empty, "--workers", "1")}, settings.folder, settings.rounds)
    for name, it in medians(commands, settings.folder, settings.rounds).items():
        size = (settings.folder / f"run-{name}.jsonl").stat().st_size / 1e6
        yield f"| {name} | {size / max(it.cpu_seconds - start['start'].cpu_seconds, 0.01):,.0f} |"


def table(settings: Settings) -> Iterator[str]:
    """A CSV turned into chats."""
    yield "| CSV, 7 columns | command | MB per CPU second | wall s | peak MB | times pandas (wall) | (CPU) |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    path, out = settings.folder / "table.csv", str(settings.folder / "table.jsonl")
    # A process counts the memory of the one that started it as its own: this one has to stay small.
    writing = Process(
        target=write_table,
        args=(path, chat_lines(settings.data, TEXTS), settings.megabytes * 10**6),
    )
    writing.start()
    writing.join()
    convert = [*_TOOL, "convert", "-q", str(path), "--to", "openai-sft", "-o", out]
    columns = ["--user", "prompt", "--assistant", "completion"]
    script = [sys.executable, str(BENCH / "csv_script.py"), str(path), out]
    commands = {
        "pandas and json.dumps": script,
        "the same with iterrows": [*script, "iterrows"],
        "ftdata convert": [*convert, *columns],
    }
    middle = medians(commands, settings.folder, settings.rounds)
    base, size = middle["pandas and json.dumps"], path.stat().st_size / 1e6
    for label, it in middle.items():
        yield (
            f"| {settings.megabytes} MB | {label} | {size / it.cpu_seconds:,.0f} | {it.wall_seconds:.2f} "
            f"| {it.peak_megabytes:,.0f} | {base.wall_seconds / it.wall_seconds:.1f} "
            f"| {base.cpu_seconds / it.cpu_seconds:.1f} |"
        )


def workers(settings: Settings) -> Iterator[str]:
    """One worker, two, and Ray with two, on the largest file. The start is that on a file of ten lines."""
    yield "| command | workers | CPU s | wall s | of that, start | times one worker (wall) |"
    yield "|---|---|---:|---:|---:|---:|"
    lines, few = settings.lines(), settings.folder / "few.jsonl"
    few.write_bytes(b"\n".join(chat_lines(settings.data, TEXTS)[:10]) + b"\n")
    for name, command in (("validate", validate), ("estimate", estimate)):
        ways = {"1": ["--workers", "1"], "2": ["--workers", "2"]}
        if _version("ray") != "absent":
            ways["2, Ray"] = ["--workers", "2", "--engine", "ray"]
        long = {way: command(lines, *options) for way, options in ways.items()}
        short = {way: command(few, *options) for way, options in ways.items()}
        if name == "estimate":
            script = [sys.executable, str(BENCH / "notebook_script.py")]
            long["the script"], short["the script"] = [*script, str(lines)], [*script, str(few)]
        start = medians(short, settings.folder, settings.rounds)
        middle = medians(long, settings.folder, settings.rounds)
        for way, it in middle.items():
            yield (
                f"| {name}, {settings.megabytes} MB | {way} | {it.cpu_seconds:.1f} | {it.wall_seconds:.1f} "
                f"| {start[way].wall_seconds:.1f} | {middle['1'].wall_seconds / it.wall_seconds:.2f} |"
            )


def growth(settings: Settings) -> Iterator[str]:
    """Peak memory from 10 MB to 10 GB; the largest is made on the way, and read from a pipe."""
    yield "| lines | validate, peak MB | estimate, peak MB | validate, wall s | estimate, wall s |"
    yield "|---|---:|---:|---:|---:|"
    for megabytes in (10, 100, 1000, 10_000):
        lines = settings.lines(megabytes=min(megabytes, 1000))
        times = str(megabytes // min(megabytes, 1000))
        again = [sys.executable, "-c", _AGAIN, str(lines), times] if times != "1" else None
        file = "-" if again else lines
        checked, counted = (
            measured(command(file, "--workers", "1"), settings.folder, source=again)
            for command in (validate, estimate)
        )
        yield (
            f"| {megabytes:,} MB{', piped' if again else ''} | {checked.peak_megabytes:.0f} "
            f"| {counted.peak_megabytes:.0f} | {checked.wall_seconds:.1f} | {counted.wall_seconds:.1f} |"
        )


_AGAIN = """
import shutil, sys
for _ in range(int(sys.argv[2])):
    with open(sys.argv[1], 'rb') as lines:
        shutil.copyfileobj(lines, sys.stdout.buffer, 1 << 20)
"""

SECTIONS: dict[str, Callable[[Settings], Iterator[str]]] = {
    section.__name__: section for section in (rate, totals, faults, runs, table, workers, growth)
}
_LONG = ("workers", "growth")


def conditions(rounds: int) -> str:
    """Machine and versions."""
    packages = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, CPython "
        f"{platform.python_version()}, {packages}; medians of {rounds} interleaved runs."
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:
        return "absent"


def renew(name: str, text: str) -> None:
    """Writes a section into docs/performance.md, between its marks."""
    begin, end = f"<!-- measured {name}: begin -->", f"<!-- measured {name}: end -->"
    old = PAGE.read_text(encoding="utf-8")
    head, rest = old.split(begin)
    PAGE.write_text(f"{head}{begin}\n\n{text}\n\n{end}{rest.split(end)[1]}", encoding="utf-8")


def main() -> None:
    """Measures and prints, or writes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, default=BENCH.parent.parent / "shared" / "data")
    parser.add_argument("--peers", help="a virtual environment in which peers are installed")
    parser.add_argument("--write", action="store_true", help="renew docs/performance.md")
    options = parser.parse_args()
    peers = os.environ.get("PATH", "")
    if options.peers:
        peers = os.pathsep.join([str(Path(options.peers, "bin")), peers])
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(Path(name), options.data, options.rounds, options.megabytes, peers)
        for section in options.sections or [name for name in SECTIONS if name not in _LONG]:
            text = "\n".join([conditions(options.rounds), "", *SECTIONS[section](settings)])
            if options.write:
                renew(section, text)
            else:
                print(f"\n## {section}\n\n{text}", flush=True)


if __name__ == "__main__":
    main()
