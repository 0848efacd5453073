"""What goes to the terminal: results to stdout, everything else to stderr."""

from __future__ import annotations

import json
import re
import sys
import time
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ftdata.model import Source

#: What JSON may hold as it is, and a terminal obeys: C1 controls, and marks that turn text round.
_ORDERS = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_COLORS = {"error": "red", "warning": "yellow", "info": "cyan"}


def say(text: str) -> None:
    """Tells the user something that is not the result, in one line."""
    click.echo(printable(text).replace("\n", "\\n"), err=True)


def announce(source: Source, text: str) -> None:
    """Says how a source is read."""
    say(f"{source.name}: {text}")


def say_if_retired(target_id: str) -> None:
    """Says that a target takes no new job, where that is so today."""
    from ftdata.api.today import this_day
    from ftdata.catalog.target_catalog import load_target

    target = load_target(target_id)
    if target.until is not None and target.until <= this_day():
        fact = target.facts["tunable_until"]
        note = f". {fact.note}" if fact.note else ""
        say(f"{target.id} is retired: no new jobs since {target.until} ({fact.source}){note}")


def print_json(value: Any) -> None:
    """Prints one JSON document, the same bytes on every terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    text = _ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def print_finding(severity: str, text: str) -> None:
    """Prints one finding, its code coloured on a terminal."""
    click.echo(click.style(printable(text), fg=_COLORS.get(severity)))


def printable(text: str) -> str:
    """Escapes control characters and what the terminal's encoding does not hold."""
    return (
        "".join(
            c
            if c.isprintable() or c == "\n"
            else c.encode("unicode_escape", "backslashreplace").decode()
            for c in text
        )
        .encode("utf-8", "backslashreplace")
        .decode()
    )


class ProgressLine:
    """Bytes read so far, on a terminal only and only after a second of work."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._shown = 0.0
        self._byte_count = 0
        self._visible = sys.stderr.isatty()

    def __call__(self, source: Source, byte_count: int) -> None:
        self._byte_count += byte_count
        now = time.monotonic()
        if self._visible and now - self._start > 1 and now - self._shown > 0.1:
            self._shown = now
            rate = self._byte_count / 1e6 / (now - self._start)
            text = f"{source.name}: {self._byte_count / 1e6:,.0f} MB read, {rate:,.0f} MB/s"
            click.echo(f"\r\x1b[K{printable(text)}", err=True, nl=False)

    def close(self) -> None:
        """Clears the line."""
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)
