"""Pieces of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from textwrap import dedent

BREAK = "\n\n"
GENERATED = "<!-- Written by docs/generate.py: change what it is written from. -->\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells may hold any text."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(map(cell, line))} |\n" for line in lines)


def cell(text: str) -> str:
    """Text that stays within its cell."""
    return " ".join(text.split()).replace("|", "\\|")


def source(text: str) -> str:
    """A source with its web addresses as links."""
    return re.sub(r"https://[^\s;,)]+", r"<\g<0>>", text)


def with_fences(text: str) -> str:
    """Text whose indented blocks are fenced."""
    return BREAK.join(
        fence(dedent(block)) if block.startswith("    ") else block for block in text.split(BREAK)
    )


def fence(block: str) -> str:
    """A fenced block, marked as JSON where it looks like it."""
    return f"```{'json' if block.startswith(('{', '[')) else ''}\n{block}\n```"
