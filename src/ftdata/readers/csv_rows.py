"""The rows of a CSV stream, each with the line where it starts; a row that is broken is a fault."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, repeat
from operator import attrgetter
from typing import Any, cast

from ftdata.model import Fault
from ftdata.readers.text_lines import LongLine, TextLines, readable_text, utf8_bytes

_NO_LIMIT = 2**31 - 1  # the most that every platform takes
_MOST_BYTES_A_CHARACTER = 4  # as UTF-8
_line_num = attrgetter("line_num")
_LINES_AT_ONCE = 4096  # few enough that it costs little to begin anew behind each broken row


@dataclass(frozen=True)
class Dialect:
    """How a table is written: what stands between cells, and whether quotes are quotes."""

    delimiter: str
    quoting: bool

    @property
    def parameters(self) -> dict[str, Any]:
        """The same for the csv module. Strict: text after a closing quote is a fault, not glued on."""
        quoting = csv.QUOTE_MINIMAL if self.quoting else csv.QUOTE_NONE
        return {"delimiter": self.delimiter, "quoting": quoting, "strict": True}


class CsvRows:
    """Reads cells row by row, in the memory of one row. To be used within `wide_fields`."""

    def __init__(self, lines: TextLines, dialect: Dialect, max_row_bytes: int) -> None:
        self._source = lines
        self._stretch: list[str | LongLine] = []  # lines that were read at once
        self._at = 0  # the first of them that is not taken
        self._is_certain = False
        self._is_next_doubtful = False
        self._dialect = dialect
        self._limit = max_row_bytes
        self._line_number = 0
        self._taken: list[str] = []  # the lines of the row that is being read
        self.byte_count = 0  # of what was read last: a row, or several
        self._flaw: Fault | None = None
        self._told_broken = False
        self._reader = csv.reader(self._feed(), **dialect.parameters)

    def good_rows(self, most: int) -> tuple[list[int], list[list[str]]]:
        """Gives the next rows, at most so many, and the lines where they start, at the csv module's speed.

        They are what `next_row` would give. None where it must be asked: at the end, for a row that is
        broken or not whole in the lines that were read at once, and where lines may hold what is no text.
        """
        if self._at == len(self._stretch):
            self._take()
        if not self._is_certain or self._is_next_doubtful:
            return [], []
        lines = cast("list[str]", self._stretch[self._at : self._at + _LINES_AT_ONCE])
        reader = csv.reader(lines, **self._dialect.parameters)
        found: list[tuple[list[str], int]] = []  # with the number of lines up to the end of each
        try:
            found.extend(zip(islice(reader, most), map(_line_num, repeat(reader)), strict=False))
        except csv.Error:
            self._is_next_doubtful = True
        rows, ends = [row for row, _ in found], [end for _, end in found]
        taken = ends[-1] if ends else 0
        starts = [self._line_number + end + 1 for end in (0, *ends[:-1])] if rows else []
        self.byte_count = sum(map(len, lines[:taken]))
        self._line_number += taken
        self._at += taken
        return starts, rows

    def _take(self) -> bool:
        """Reads on; False at the end. Lines are certain where all are text and no row can be too long."""
        self._stretch, self._at = self._source.take(), 0
        self._is_certain = not self._source.suspect and not any(
            isinstance(line, LongLine) for line in self._stretch[:1]
        )
        if self._is_certain:
            characters = sum(map(len, self._stretch))  # type: ignore[arg-type]
            self._is_certain = characters * _MOST_BYTES_A_CHARACTER <= self._limit
        return bool(self._stretch)

    def next_row(self) -> tuple[int, list[str] | Fault] | None:
        """Gives (line where the row starts, cells or Fault), or None at the end.

        A blank line has no cells. The original of a fault is the raw text of its row.
        """
        start = self._line_number + 1
        self._taken, self.byte_count, self._flaw = [], 0, None
        self._is_next_doubtful = False
        try:
            cells = next(self._reader)
        except StopIteration:
            return self._end(start)
        except csv.Error as error:
            return start, self._fault("unreadable-part", reason=self._reason(str(error)))
        except _RowTooLong as found:
            return start, self._skip_row(found.line)
        if self._flaw is not None:
            return start, self._fault(self._flaw.name, **self._flaw.params)
        return start, cells

    def _feed(self) -> Iterator[str]:
        """Hands lines to the csv module, and keeps them until their row is whole."""
        while (line := self._next_line()) is not None:
            if isinstance(line, LongLine):
                raise _RowTooLong(line)
            self._taken.append(line)
            self.byte_count += utf8_bytes(line)
            if self.byte_count > self._limit < self.byte_count - _line_end(line):
                raise _RowTooLong
            if self._source.suspect and self._flaw is None:
                self._flaw = self._source.flaw_of(line)
            # Python 3.10 refuses NULs; such a row is a fault in any case, and its raw text is kept
            yield line if self._flaw is None else line.replace("\0", "")

    def _next_line(self) -> str | LongLine | None:
        if self._at == len(self._stretch) and not self._take():
            return None
        line = self._stretch[self._at]
        self._at += 1
        self._line_number += 1
        return line

    def _fault(self, name: str, **params: object) -> Fault:
        original = "".join(self._taken).rstrip("\r\n")
        return Fault(name, params, original=readable_text(original))

    def _reason(self, error: str) -> str:
        """What the csv module means, in words for a user."""
        if error.startswith("unexpected end"):
            if self._source.broken is not None:
                self._told_broken = True
                self._taken.append(self._source.rest)
                return self._source.broken
            return f"a quote is opened and never closed, up to line {self._line_number}, the last"
        return "text follows a closing quote" if "expected after" in error else error

    def _end(self, start: int) -> tuple[int, Fault] | None:
        """A stream that broke off is a fault where it did, once."""
        if self._source.broken is None or self._told_broken:
            return None
        self._told_broken = True
        self._taken = [self._source.rest]
        return start, self._fault("unreadable-part", reason=self._source.broken)

    def _skip_row(self, long_line: LongLine | None) -> Fault:
        """Goes to the end of a row that is too long, told by the parity of its quotes; keeps none of it."""
        pieces: list[str | LongLine] = [*self._taken]
        if long_line is not None:
            pieces.append(long_line)
        skipped, last = LongLine(), pieces[-1]
        for piece in pieces:
            skipped = skipped.plus(piece)
        self._taken = []
        while self._dialect.quoting and skipped.quotes % 2:
            more = self._next_line()
            if more is None:
                break
            last = more
            skipped = skipped.plus(last)
        self._reader = csv.reader(self._feed(), **self._dialect.parameters)
        byte_count = skipped.byte_count - (_line_end(last) if isinstance(last, str) else 0)
        return Fault("line-too-long", {"byte_count": byte_count, "limit": self._limit})


def _line_end(line: str) -> int:
    """The bytes of the line end, which do not count against a limit."""
    return len(line) - len(line.rstrip("\r\n"))


@contextmanager
def wide_fields() -> Iterator[None]:
    """Lifts the csv module's limit on the size of a cell, and puts the host program's limit back."""
    before = csv.field_size_limit(_NO_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(before)


class _RowTooLong(Exception):
    def __init__(self, line: LongLine | None = None) -> None:
        self.line = line
