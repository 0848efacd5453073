"""Keeps the examples of README.md true: runs them, and compares or rewrites what they print.

    python docs/tour.py            exits with 1 and shows a diff where README.md is not what happens
    python docs/tour.py --write    rewrites the outputs from reality

A `console` block holds shell commands after `$ ` (a line that ends in a backslash goes on), each
followed by what it prints, both streams together. A `pycon` block holds Python statements after `>>> `
and `... `. All blocks share one folder, a temporary copy of what the examples need, and the exit status of
a command is `$?` of the next.
"""

from __future__ import annotations

import difflib
import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
NEEDED = ("sample_data",)  # what the examples read, copied from the checkout

_BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SECONDS_PER_COMMAND = 120
_DAY = datetime(
    2026, 11, 21, tzinfo=timezone.utc
)  # the day that README.md shows; prices have dates
_MARK = "\f"  # parts the outputs of Python statements; no example prints a form feed


def rewritten(text: str, folder: Path) -> str:
    """Gives the Markdown `text` with the outputs that its commands really print in `folder`."""
    session = Session(folder)

    def replay(block: re.Match[str]) -> str:
        kind, body = block.group(1), block.group(2)
        played = session.shell(body) if kind == "console" else session.python(body)
        return f"```{kind}\n{played}```"

    return _BLOCK.sub(replay, text)


class Session:
    """What a reader has who types the examples one after the other: a folder and a last status."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.status = 0

    def shell(self, block: str) -> str:
        """Runs the commands of a console block and gives the block with their true outputs."""
        return "".join(f"$ {command}\n{self.run(command)}" for command in commands_of(block))

    def run(self, command: str) -> str:
        """Gives what a command prints on both streams, ending in a newline unless empty."""
        done = subprocess.run(  # noqa: S603 - the commands stand in this repository
            ["bash", "-c", f"(exit {self.status})\n{command}"],  # noqa: S607 - any bash will do
            cwd=self.folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS_PER_COMMAND,
            check=False,
        )
        self.status = done.returncode
        return ended(done.stdout.decode("utf-8"))

    def python(self, block: str) -> str:
        """Runs the statements of a pycon block in a fresh interpreter; gives them with true outputs."""
        examples = doctest.DocTestParser().get_examples(block)
        sources = [example.source.rstrip("\n") for example in examples]
        shown = [
            f">>> {source}\n".replace("\n", "\n... ", source.count("\n")) for source in sources
        ]
        return "".join(map("".join, zip(shown, self.printed_by(sources), strict=True)))

    def printed_by(self, statements: list[str]) -> list[str]:
        """Gives what each statement prints, typed at Python's prompt one after the other."""
        typed = "".join(
            f"exec(compile({source!r}, 'README.md', 'single')); print({_MARK!r}, end='')\n"
            for source in statements
        )
        done = subprocess.run(  # noqa: S603 - the statements stand in this repository
            [sys.executable, "-c", typed],
            cwd=self.folder,
            env=environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_SECONDS_PER_COMMAND,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"README.md: a Python example fails\n{done.stderr}")
        return [ended(output) for output in done.stdout.split(_MARK)[:-1]]


def commands_of(block: str) -> list[str]:
    """Gives the commands of a console block, each with its continuation lines."""
    commands: list[str] = []
    continued = False
    for line in block.splitlines():
        if continued:
            commands[-1] += f"\n{line}"
        elif line.startswith("$ "):
            commands.append(line.removeprefix("$ "))
        else:
            continue  # an output, to be replaced
        continued = line.endswith("\\")
    return commands


def environment() -> dict[str, str]:
    """The reader's environment on that day: our scripts come first, no colour, a wide terminal."""
    scripts = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": os.pathsep.join([scripts, os.environ.get("PATH", "")]),
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": str(int(_DAY.timestamp())),
    }


def ended(output: str) -> str:
    """The output with a newline at its end, unless it is empty."""
    return output if not output or output.endswith("\n") else f"{output}\n"


def main(arguments: list[str]) -> int:
    """Checks README.md, or with --write brings it up to date."""
    readme = CHECKOUT / "README.md"
    written = readme.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for name in NEEDED:
            shutil.copytree(CHECKOUT / name, Path(folder) / name)
        real = rewritten(written, Path(folder))
    if real == written:
        return 0
    if arguments == ["--write"]:
        readme.write_text(real, encoding="utf-8")
        return 0
    sys.stdout.writelines(
        difflib.unified_diff(
            written.splitlines(keepends=True),
            real.splitlines(keepends=True),
            "README.md",
            "what happens",
        )
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
