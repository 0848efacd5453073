"""The rows of a CSV stream, each with the line where it starts; a row that is broken is a fault."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ftdata.model import Fault
from ftdata.readers.text_lines import LongLine, TextLines, readable_text, utf8_bytes

_NO_LIMIT = 2**31 - 1  # the most that every platform takes


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
        self._lines = iter(lines)
        self._dialect = dialect
        self._limit = max_row_bytes
        self._line_number = 0
        self._taken: list[str] = []  # the lines of the row that is being read
        self.row_bytes = 0  # of the row that was read last
        self._flaw: Fault | None = None
        self._told_broken = False
        self._reader = csv.reader(self._feed(), **dialect.parameters)

    def next_row(self) -> tuple[int, list[str] | Fault] | None:
        """Gives (line where the row starts, cells or Fault), or None at the end.

        A blank line has no cells. The original of a fault is the raw text of its row.
        """
        start = self._line_number + 1
        self._taken, self.row_bytes, self._flaw = [], 0, None
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
        for line in self._lines:
            self._line_number += 1
            if isinstance(line, LongLine):
                raise _RowTooLong(line)
            self._taken.append(line)
            self.row_bytes += utf8_bytes(line)
            if self.row_bytes > self._limit < self.row_bytes - _line_end(line):
                raise _RowTooLong
            if self._source.suspect and self._flaw is None:
                self._flaw = self._source.flaw_of(line)
            # Python 3.10 refuses NULs; such a row is a fault in any case, and its raw text is kept
            yield line if self._flaw is None else line.replace("\0", "")

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
            more = next(self._lines, None)
            if more is None:
                break
            self._line_number += 1
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
