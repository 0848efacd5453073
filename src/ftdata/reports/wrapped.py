"""Sentences on lines that fit a terminal."""

from __future__ import annotations

import textwrap

#: Columns that a line has at most, tables and single words left aside.
WIDTH = 100


def wrapped(text: str, *, first: str = "", then: str = "  ") -> list[str]:
    """Breaks a sentence at its spaces; lines after the first are indented by `then`."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )
