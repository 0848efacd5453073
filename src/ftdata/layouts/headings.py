"""The headings of a Markdown document: `# Title`, and a title underlined with = or -."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ftdata.layouts.document import Line

_MARKED = re.compile(r" {0,3}#{1,6}[ \t]+(?P<title>\S.*)$")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")


class TitledLine(NamedTuple):
    """A line as it was read (two for an underlined title), and its title if it is a heading."""

    number: int
    raw: str
    title: str | None


def titled_lines(lines: Iterable[Line]) -> Iterator[TitledLine]:
    """Finds the headings; within code fences there are none."""
    fence, above, held = "", "", None
    for number, raw in lines:
        if held is not None:
            if _UNDERLINE.match(raw) and held.title is None and held.raw.strip() and not above:
                yield TitledLine(held.number, f"{held.raw}\n{raw}", held.raw.strip())
                held, above = None, ""
                continue
            yield held
            above = held.raw.strip()
        opened = _FENCE.match(raw)
        if opened and fence in ("", opened[1]):
            fence = "" if fence else opened[1]
        held = TitledLine(number, raw, None if fence or opened else _title(raw))
        if fence or opened:
            yield held
            held, above = None, raw.strip()
    if held is not None:
        yield held


def _title(raw: str) -> str | None:
    match = _MARKED.match(raw)
    return match["title"].rstrip().rstrip("#").rstrip() if match else None
