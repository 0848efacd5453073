"""CSV and its kin, row by row. Cells stay the text that stands in the file: 00501, NA, true, 1,5."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from ftdata.model import Batch, Fault, Reader, ReadOptions, Source, TableRows
from ftdata.readers.csv_dialect import sniff_dialect
from ftdata.readers.csv_rows import CsvRows, Dialect, wide_fields
from ftdata.readers.named_rows import NamedRows, has_header, header_note
from ftdata.readers.text_lines import TextLines
from ftdata.readers.text_opening import encoding_note, file_fault, open_head, open_lines

_HEAD_CHARACTERS = 256 * 1024  # of the lines from which the dialect is told
_BATCH_ROWS = 1000
_BATCH_BYTES = 1024 * 1024  # of UTF-8; the last row of a batch may go beyond


def read(source: Source, options: ReadOptions) -> Iterator[Batch]:
    """Yields the rows as dicts of text by column; the number of a row is the line where it starts.

    A row with more or fewer cells than there are columns is a Fault ragged-row with its cells. What is
    blank, too long, not text, or quoted wrongly is a fault by its own name. Constant memory.
    """
    with open_lines(source, options) as lines:
        fault = file_fault(lines)
        if fault is not None:
            yield Batch(source.name, [1], [fault], lines.consumed_bytes)
            return
        dialect, header = _decide(lines, source, options)
        table = _Table(CsvRows(lines, dialect, options.max_line_bytes), header)
        before = 0
        while True:
            numbers, rows = table.next_rows()
            if not numbers:
                return
            after = lines.consumed_bytes
            yield Batch(source.name, numbers, rows, after - before)
            before = after


def describe(source: Source, options: ReadOptions) -> str | None:
    """Says what was decided: the encoding, the delimiter, quotes that are no quotes, a header or none."""
    with open_head(source, options) as lines:
        if file_fault(lines) is not None:
            return None
        dialect, header = _decide(lines, source, options)
        between = "tab" if dialect.delimiter == "\t" else repr(dialect.delimiter)
        notes = [encoding_note(lines, options), f"{between} between cells"]
        notes += [] if dialect.quoting else ["quotes are plain text"]
        return ", ".join([*notes, header_note(header)])


def _decide(lines: TextLines, source: Source, options: ReadOptions) -> tuple[Dialect, bool]:
    head, whole = lines.peek(_HEAD_CHARACTERS)
    suffix = PurePath(source.path.removesuffix(f".{source.compression}")).suffix
    dialect, rows = sniff_dialect(head, options, whole=whole, suffix=suffix)
    return dialect, has_header(rows) if options.header is None else options.header


class _Table:
    """The rows by column name, a batch at a time."""

    def __init__(self, rows: CsvRows, header: bool) -> None:
        self._rows = rows
        self._named = NamedRows(header=header)

    def next_rows(self) -> tuple[list[int], TableRows]:
        """Gives the next numbers and rows; none at the end of the table."""
        numbers: list[int] = []
        taken: list[list[str] | Fault] = []
        byte_count = 0
        with wide_fields():  # the host program's limit holds again while it uses the batch
            while len(numbers) < _BATCH_ROWS and byte_count < _BATCH_BYTES:
                if self._named.columns:
                    starts, rows = self._rows.good_rows(_BATCH_ROWS - len(numbers))
                    if starts:
                        byte_count += self._rows.byte_count
                        numbers += starts
                        taken += self._named.fitted(rows)
                        continue
                found = self._rows.next_row()
                if found is None:
                    break
                number, cells = found
                row = self._named.taken(cells)
                if row is not None:  # else the header, however long: the table does not end there
                    byte_count += self._rows.byte_count
                    numbers.append(number)
                    taken.append(row)
        return numbers, self._named.rows(taken)


READER = Reader(
    name="csv",
    title="CSV, TSV and other tables of text",
    suffixes=(".csv", ".tsv", ".tab", ".psv"),
    kind="rows",
    read=read,
    describe=describe,
)
