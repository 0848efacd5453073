"""How a consumer answers: a job of files comes in as JSON, and for each goes out how many rows it trains on.

These scripts run in an environment of the consumer's own, where neither ftdata nor pytest is installed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

#: Takes a file of JSON lines and gives the number of its rows that are trained on; raises what stops the run.
Reading = Callable[[Path], int]


def answer(readings: Mapping[str, Reading]) -> None:
    """Reads what is asked from the first argument, writes what became of each file of rows to the second.

    A reading under the name "any" is for all other targets.
    """
    answers = {
        target: {
            name: outcome(readings.get(target) or readings["any"], Path(path))
            for name, path in files.items()
        }
        for target, files in job()["files"].items()
    }
    Path(sys.argv[2]).write_text(json.dumps(answers), encoding="utf-8")


def job() -> dict[str, Any]:
    """What is asked: `files`, {target: {name: path}}, and `train`, the paths of those to train a step on."""
    found: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    return found


def outcome(reading: Reading, path: Path) -> int | str:
    """The number of rows trained on, or what stopped it."""
    try:
        return reading(path)
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:300]


def lines_of(path: Path) -> list[str]:
    """The lines of a file; U+2028 and its like are no ends of lines."""
    return path.read_text(encoding="utf-8").split("\n")[:-1]
