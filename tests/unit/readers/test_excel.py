"""Excel workbooks, as openpyxl writes them and as they are made to harm."""

from __future__ import annotations

import gzip
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ftdata.errors import MissingExtra, UnknownName, UnreadableSource
from ftdata.model import Fault
from ftdata.readers import excel
from tests.unit.readers.table_reading import batches_of, described, items_of, rows_of


def book(tmp_path: Path, *rows: list[Any], name: str = "book.xlsx") -> Path:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)  # type: ignore[union-attr]
    workbook.save(tmp_path / name)
    return tmp_path / name


def rewrite(path: Path, member: str, change: Any) -> Path:
    """Changes the bytes of a member of the zip that a workbook is."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[member] = change(members[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        ("00501", None, "00501"),
        ("NA", None, "NA"),
        ("two\nlines ", None, "two\nlines "),
        (3.0, None, "3"),
        (-12, None, "-12"),
        (0.1 + 0.2, None, "0.3"),
        (2.5, None, "2.5"),
        (1e300, None, "1e+300"),
        (501, "00000", "00501"),
        (-7, "000", "-07"),
        (0.5, "0%", "0.5"),
        (True, None, "TRUE"),
        (False, None, "FALSE"),
        (date(2024, 2, 29), None, "2024-02-29"),
        (datetime(2024, 2, 29), "dd/mm/yyyy", "2024-02-29"),
        (datetime(2024, 2, 29), "yyyy-mm-dd hh:mm", "2024-02-29T00:00:00"),
        (datetime(2024, 2, 29, 13, 5, 7), "dd/mm/yyyy", "2024-02-29T13:05:07"),
        (datetime(2024, 2, 29), '"the hour" d [$-409]mmmm', "2024-02-29"),
        (time(13, 5), None, "13:05:00"),
        (timedelta(hours=30, seconds=5), None, "30:00:05"),
        ("#N/A", None, "#N/A"),
    ],
)
def test_a_cell_is_the_text_that_excel_shows(
    tmp_path: Path, value: Any, number_format: str | None, expected: str
) -> None:
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    sheet["A1"], sheet["A2"] = "name", value
    if number_format:
        sheet["A2"].number_format = number_format
    workbook.save(tmp_path / "book.xlsx")
    assert rows_of(tmp_path / "book.xlsx") == [{"name": expected}]


def test_a_whole_number_may_be_stored_with_a_point(tmp_path: Path) -> None:
    path = book(tmp_path, ["n"], [7])
    rewrite(
        path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b"<v>7</v>", b"<v>7.0E0</v>")
    )
    assert rows_of(path) == [{"n": "7"}]


def test_a_negative_length_of_time_keeps_its_sign() -> None:
    class Cell:
        value = -timedelta(minutes=90)
        number_format = "[h]:mm"

    from ftdata.readers.excel_cells import cell_text

    assert cell_text(Cell()) == "-1:30:00"


def test_rows_have_their_numbers_and_blank_ones_are_told(tmp_path: Path) -> None:
    path = book(tmp_path, ["q", "a"], ["1", "2"], [], [None, " "], ["3"], ["4", "5", "6"], [], [""])
    assert items_of(path) == [
        (2, {"q": "1", "a": "2"}),
        (3, Fault("blank-line", is_row=False)),
        (4, {"q": "", "a": " "}),
        (5, {"q": "3", "a": ""}),
        (6, Fault("ragged-row", {"cells": 3, "columns": 2}, original=["4", "5", "6"])),
    ]


def test_a_sheet_without_a_header_is_told_apart(tmp_path: Path) -> None:
    path = book(tmp_path, ["How do I pay?", "By card."], ["How late is it?", "Ten."])
    assert rows_of(path)[0] == {"column_1": "How do I pay?", "column_2": "By card."}
    assert described(path) == "sheet 'Sheet', no header row: columns are column_1, column_2, ..."
    assert rows_of(path, header=True) == [{"How do I pay?": "How late is it?", "By card.": "Ten."}]


def test_the_first_sheet_is_read_or_the_one_that_is_named(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("Answers").append(["a"])
    workbook["Answers"].append([1])
    workbook["Sheet"].append(["q"])
    workbook.save(tmp_path / "book.xlsx")
    assert described(tmp_path / "book.xlsx") == "sheet 'Sheet', header row"
    assert rows_of(tmp_path / "book.xlsx", sheet="Answers") == [{"a": "1"}]
    with pytest.raises(UnknownName, match="unknown sheet 'Answer'; did you mean Answers"):
        rows_of(tmp_path / "book.xlsx", sheet="Answer")


def test_an_empty_sheet_is_an_empty_file(tmp_path: Path) -> None:
    path = book(tmp_path)
    assert items_of(path) == [(1, Fault("empty-file", is_row=False))]
    assert described(path) is None


def test_many_rows_come_in_batches(tmp_path: Path) -> None:
    path = book(tmp_path, ["n"], *([number] for number in range(1200)))
    batches = batches_of(path)
    assert [len(batch.items) for batch in batches] == [499, 500, 201]
    assert batches[-1].numbers[-1] == 1201


def test_a_packed_workbook_is_unpacked_first(tmp_path: Path) -> None:
    path = book(tmp_path, ["n"], [1])
    (tmp_path / "book.xlsx.gz").write_bytes(gzip.compress(path.read_bytes()))
    assert rows_of(tmp_path / "book.xlsx.gz", "gz") == [{"n": "1"}]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no workbook", "File is not a zip file"),
        (b"", "File is not a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old .xls or has a password"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    with pytest.raises(UnreadableSource, match=reason):
        items_of(path)


def test_a_workbook_without_sheets_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, ["n"])
    drop = rewrite(path, "xl/workbook.xml", lambda _: b"<workbook/>")
    with pytest.raises((UnreadableSource, UnknownName)):
        items_of(drop)


@pytest.mark.parametrize("member", ["xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, member: str) -> None:
    path = book(tmp_path, ["n"], [1])
    size = (300 if "styles" in member else 2100) * 1024**2
    data = bytearray(rewrite(path, member, lambda data: data + b" " * 1000).read_bytes())
    with zipfile.ZipFile(path) as archive:
        real = archive.getinfo(member).file_size.to_bytes(4, "little")
    place = data.rindex(member.encode()) - 46  # its entry in the directory at the end of the zip
    at = data.index(real, place)
    data[at : at + 4] = size.to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(UnreadableSource, match=r"it unpacks to [0-9,]{11,} bytes; save it as CSV"):
        items_of(path)


def test_rows_before_the_damage_are_kept(tmp_path: Path) -> None:
    path = book(tmp_path, ["n"], *([number] for number in range(700)))
    rewrite(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b'<row r="650"', b"<row <"))
    items = items_of(path)
    number, fault = items[-1]
    assert (number, fault.name) == (650, "unreadable-part")
    assert [item for _, item in items[:-1]] == [{"n": str(number)} for number in range(648)]


def test_a_row_number_beyond_those_of_excel_ends_the_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "_MOST_ROWS", 1000)  # a million rows would do, but take seconds
    path = book(tmp_path, ["n"], [1], [2])
    rewrite(
        path,
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b'r="3"', b'r="99999999999"').replace(b'"A3"', b'"A99999999999"'),
    )
    row, (number, fault) = items_of(path)
    assert row == (2, {"n": "1"})
    assert (number, fault.name) == (3, "unreadable-part")
    assert "a row has a number beyond 1,000" in fault.params["reason"]


def test_without_openpyxl_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtra, match=r"ftdata\[excel\]"):
        list(excel.READER.read(None, None))  # type: ignore[arg-type]
