"""Excel workbooks (.xlsx), row by row. Needs the extra `excel`."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, BinaryIO
from zipfile import ZipFile

from ftdata.errors import MissingExtra, UnknownName, UnreadableSource
from ftdata.model import Batch, Fault, Reader, ReadOptions, Source
from ftdata.readers.excel_cells import cell_text
from ftdata.readers.named_rows import NamedRows, has_header, header_note
from ftdata.readers.seekable import open_seekable

_HEAD_ROWS = 50
_BATCH_ROWS = 500
_MOST_ROWS = 1_048_576  # of a sheet, says Excel; a file that numbers a row higher is no workbook
#: What is unpacked beyond these is refused: a few megabytes of zip can hold terabytes.
_MOST_BYTES = 2 * 1024**3
_MOST_SHARED_BYTES = 256 * 1024**2  # of the texts and styles, which openpyxl keeps in memory

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read(source: Source, options: ReadOptions) -> Iterator[Batch]:
    """Yields the rows of one sheet as dicts of text by column (see `excel_cells`), by their row number.

    A cell beyond the columns makes the row a Fault ragged-row; a row may end early. Constant memory but
    for the texts of the workbook. Raises MissingExtra without openpyxl, UnreadableSource if the file is
    no workbook or unpacks to too much, UnknownName if it has no such sheet.
    """
    with _open_sheet(source, options) as sheet:
        rows = _rows(sheet)
        head = list(islice(rows, _HEAD_ROWS))
        if not head:
            yield Batch(source.name, [1], [Fault("empty-file", is_row=False)])
            return
        named = NamedRows(header=_header(head, options))
        stream = chain(head, rows)
        while part := list(islice(stream, _BATCH_ROWS)):
            found = [(number, named.taken(_padded(cells, named.columns))) for number, cells in part]
            numbers = [number for number, row in found if row is not None]
            taken = [row for _, row in found if row is not None]
            yield Batch(source.name, numbers, named.rows(taken))


def describe(source: Source, options: ReadOptions) -> str | None:
    """Says which sheet is read, and whether its first row is a header."""
    with _open_sheet(source, options) as sheet:
        head = list(islice(_rows(sheet), _HEAD_ROWS))
        return f"sheet {sheet.title!r}, {header_note(_header(head, options))}" if head else None


@contextmanager
def _open_sheet(source: Source, options: ReadOptions) -> Iterator[Any]:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra("Excel", "excel") from None
    with open_seekable(source) as stream:
        try:
            _check_zip(stream)
            with _without_warnings():
                workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        except Exception as error:  # openpyxl raises anything on a damaged file
            raise UnreadableSource(source.name, f"cannot be read as Excel: {error}") from error
        try:
            names = [sheet.title for sheet in workbook.worksheets]
            wanted = options.sheet if options.sheet is not None else (names or [""])[0]
            if wanted not in names:
                raise UnknownName("sheet", wanted, names)
            sheet = workbook[wanted]
            sheet.reset_dimensions()  # those of the file are often wrong, and would cut the sheet
            yield sheet
        finally:
            workbook.close()


def _check_zip(stream: BinaryIO) -> None:
    """Raises ValueError for what is no zip, or would unpack to more than fits."""
    start = stream.read(4)
    if start == _OLD_OFFICE:
        raise ValueError("it is an old .xls or has a password; save it as .xlsx without one")
    with ZipFile(stream) as archive:
        members = archive.infolist()
    total = sum(member.file_size for member in members)
    shared = sum(member.file_size for member in members if "worksheets/" not in member.filename)
    if total > _MOST_BYTES or shared > _MOST_SHARED_BYTES:
        raise ValueError(f"it unpacks to {total:,} bytes; save it as CSV")
    stream.seek(0)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str] | Fault]]:
    """The rows with their numbers, without the empty cells at their ends and the blank rows at the end."""
    expected = 1
    for number, cells in enumerate(_parsed(sheet), 1):
        if isinstance(cells, Fault):
            yield expected, cells
        elif cells:
            yield from ((blank, []) for blank in range(expected, number))
            yield number, cells
            expected = number + 1


def _parsed(sheet: Any) -> Iterator[list[str] | Fault]:
    rows = sheet.iter_rows()
    number = 0
    try:
        while True:
            with _without_warnings():
                row = next(rows, None)
            if row is None:
                return
            number += 1
            if number > _MOST_ROWS:
                raise ValueError(f"a row has a number beyond {_MOST_ROWS:,}, the last of a sheet")
            yield _texts(row)
    except Exception as error:  # as above; the rows before the damage are out
        yield Fault("unreadable-part", {"reason": str(error)})


def _texts(row: Any) -> list[str]:
    cells = [cell_text(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _padded(cells: list[str] | Fault, columns: int) -> list[str] | Fault:
    if isinstance(cells, Fault) or not cells:
        return cells
    return cells + [""] * (columns - len(cells))


def _header(head: list[tuple[int, list[str] | Fault]], options: ReadOptions) -> bool:
    if options.header is not None:
        return options.header
    return has_header([cells for _, cells in head if cells and not isinstance(cells, Fault)])


@contextmanager
def _without_warnings() -> Iterator[None]:
    """openpyxl warns of everything it does not support, to the user of our command."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


READER = Reader(
    name="excel",
    title="Excel workbooks",
    suffixes=(".xlsx", ".xlsm"),
    kind="rows",
    read=read,
    describe=describe,
)
