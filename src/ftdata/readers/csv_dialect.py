"""Tells from its first lines how a CSV is written: the delimiter, whether quotes count, a header or none."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from ftdata.errors import UsageError
from ftdata.model import ReadOptions
from ftdata.readers.csv_rows import Dialect, wide_fields

_DELIMITERS = (",", "\t", ";", "|")
_BY_SUFFIX = {".tsv": "\t", ".tab": "\t", ".psv": "|"}
_SPELLED = {"tab": "\t", "\\t": "\t"}
_SOME_COLUMNS = 0.25  # fit of a table of two columns of which every other row is even
#: A comma as it stands in prose and in decimals, where it is no delimiter.
_PROSE_COMMA = re.compile(r",(?=\s)|(?<=\d),(?=\d)")


@dataclass(frozen=True)
class _Trial:
    """What a dialect makes of the first rows. `fit` is from 0, useless, to below 1."""

    dialect: Dialect
    rows: list[list[str]]
    fit: float = 0.0
    bad: int = 0  # rows that cannot be read or are uneven

    @property
    def is_even(self) -> bool:
        """True for several columns, the same number in each row."""
        return self.bad == 0 and bool(self.rows) and len(self.rows[0]) > 1

    @property
    def proven(self) -> int:
        """Rows that are even only because quotes were taken as quotes."""
        between = (self.dialect.delimiter, "\n", "\r")
        return sum(
            any(mark in cell for mark in between for cell in row)
            for row in self.rows
            if len(row) == len(self.rows[0])
        )


def sniff_dialect(
    head: Sequence[str], options: ReadOptions, *, whole: bool, suffix: str
) -> tuple[Dialect, list[list[str]]]:
    """Gives the dialect under which the first lines make the most even table, and their rows.

    `whole` says that the head is all there is; else its last row may be cut and is left out. Where no
    delimiter makes columns, the one is taken that leaves the lines whole. Raises UsageError if the
    options name a delimiter that cannot be one.
    """
    preferred = _BY_SUFFIX.get(suffix.lower(), ",")
    if options.delimiter is not None:
        preferred = _checked(options.delimiter)
        best = _quoted_or_not(preferred, head, options, whole)
        return best.dialect, best.rows
    order = sorted(_DELIMITERS, key=lambda delimiter: delimiter != preferred)
    trials = [_quoted_or_not(delimiter, head, options, whole) for delimiter in order]
    best = max(trials, key=lambda trial: trial.fit)
    if preferred != "," and trials[0].fit >= _SOME_COLUMNS:
        best = trials[0]
    elif best.dialect.delimiter == "," and _has_prose_commas(head):
        best = next((trial for trial in trials[1:] if trial.is_even), best)
    return best.dialect, best.rows


def _checked(delimiter: str) -> str:
    delimiter = _SPELLED.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n\0' or not delimiter.isascii():
        raise UsageError(
            f"a delimiter is one ASCII character that is no quote and no line end, or 'tab', "
            f"not {delimiter!r}"
        )
    return delimiter


def _quoted_or_not(
    delimiter: str, head: Sequence[str], options: ReadOptions, whole: bool
) -> _Trial:
    """The better trial of a delimiter. Quotes are quotes unless they stand inside cells and break rows."""
    if options.quoting is not None:
        return _try(Dialect(delimiter, options.quoting), head, whole)
    quoted = _try(Dialect(delimiter, True), head, whole)
    if not any('"' in line for line in head):
        return quoted
    bare = _try(Dialect(delimiter, False), head, whole)
    is_bare = bare.fit > quoted.fit and quoted.bad > quoted.proven
    return bare if is_bare and _has_bare_quotes(bare.rows) else quoted


def _has_bare_quotes(rows: Sequence[Sequence[str]]) -> bool:
    """True where more cells hold quotes as text than are wrapped in them."""
    with_quotes = [cell for row in rows for cell in row if '"' in cell]
    wrapped = sum(len(cell) > 1 and cell[0] == cell[-1] == '"' for cell in with_quotes)
    return len(with_quotes) > 2 * wrapped


def _has_prose_commas(head: Sequence[str]) -> bool:
    commas = sum(line.count(",") for line in head)
    prose = sum(len(_PROSE_COMMA.findall(line)) for line in head)
    return prose > 0.9 * commas


def _try(dialect: Dialect, head: Sequence[str], whole: bool) -> _Trial:
    rows, broken = _parse(dialect, head)
    if not whole and not broken:
        rows = rows[:-1]
    rows = [row for row in rows if row]
    if not rows:
        return _Trial(dialect, rows)
    columns = len(rows[0])
    bad = broken + sum(len(row) != columns for row in rows)
    even = 1 - bad / (len(rows) + broken)
    fit = even * (1 - 1 / columns) if columns > 1 else even / 10
    return _Trial(dialect, rows, fit, bad)


def _parse(dialect: Dialect, head: Sequence[str]) -> tuple[list[list[str]], int]:
    """The rows of some lines, and how many could not be read."""
    rows: list[list[str]] = []
    broken = 0
    reader = csv.reader((line.replace("\0", "") for line in head), **dialect.parameters)
    with wide_fields():
        while True:
            with suppress(csv.Error):
                rows += reader
                return rows, broken
            broken += 1
