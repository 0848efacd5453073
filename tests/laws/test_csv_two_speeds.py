"""Rows of a CSV that are read many at once are those that are read one by one, with the same numbers."""

from __future__ import annotations

import csv
import io
from typing import cast
from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ftdata.model import Fault
from ftdata.readers import text_lines
from ftdata.readers.csv_rows import CsvRows, Dialect, wide_fields
from ftdata.readers.text_lines import TextLines

unhurried = settings(deadline=None, max_examples=300)

Row = tuple[int, list[str] | Fault]

#: What a table is made of, and what breaks it: open quotes, text behind quotes, NULs, bytes that are no text.
pieces = st.sampled_from(
    [
        *(b"a", b"NA", b"\xc3\xa9", b" ", b",", b",", b";", b"\n", b"\n", b"\r\n", b"\r", b"\n\n"),
        *(b'"', b'""', b'"x, y"', b'"one\ntwo"', b'"a\r\nb"', b'"say ""no"""', b'"x"y', b"w" * 60),
        *(b"\0", b"\xff", b"\x85", b"\xe2\x80\xa8", b"\x0b"),
    ]
)
broken_tables = st.lists(pieces, max_size=60).map(b"".join)
cells = st.text(st.sampled_from('ab é,;"\n\r\u2028\x0b'), max_size=12)
good_tables = st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=20)
dialects = st.builds(Dialect, st.sampled_from([",", ";"]), st.booleans())
limits = st.sampled_from([10**6, 300, 20])
block_sizes = st.integers(1, 200)


def rows_of(
    content: bytes, dialect: Dialect, limit: int, block_bytes: int, most: int | None
) -> tuple[list[Row], int]:
    """All rows, and how many of them were not read one by one. `most`: None reads all one by one."""
    found: list[Row] = []
    at_once = 0
    with patch.object(text_lines, "_BLOCK_BYTES", block_bytes), wide_fields():
        stream = io.BufferedReader(cast("io.RawIOBase", io.BytesIO(content)))
        lines = TextLines(stream, "utf-8", max_line_bytes=limit)
        lines.peek(50)
        rows = CsvRows(lines, dialect, limit)
        while True:
            if most is not None:
                starts, good = rows.good_rows(most)
                found += zip(starts, good, strict=True)
                at_once += len(starts)
                if starts:
                    continue
            row = rows.next_row()
            if row is None:
                return found, at_once
            found.append(row)


@unhurried
@given(broken_tables, dialects, limits, block_sizes, st.integers(1, 9))
@example(b'a,"b\n\n\n', Dialect(",", True), 10**6, 3, 2)
@example(b'a,"b"c\n1,2\n', Dialect(",", True), 10**6, 200, 5)
@example(b"a\0,b\n1,2\n", Dialect(",", True), 10**6, 4, 5)
def test_both_speeds_give_the_same_rows(
    content: bytes, dialect: Dialect, limit: int, block_bytes: int, most: int
) -> None:
    slow, _ = rows_of(content, dialect, limit, block_bytes, None)
    fast, _ = rows_of(content, dialect, limit, block_bytes, most)
    assert fast == slow


@unhurried
@given(good_tables, st.sampled_from(["\n", "\r\n", "\r"]), block_sizes, st.integers(1, 9))
def test_a_good_table_is_read_back_at_the_line_where_each_row_starts(
    table: list[list[str]], line_end: str, block_bytes: int, most: int
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    expected: list[Row] = []
    for row in table:
        before = io.StringIO(text.getvalue(), newline="")
        expected.append((len(before.readlines()) + 1, row))
        writer.writerow(row)
    content = text.getvalue().encode()
    dialect = Dialect(",", True)
    assert rows_of(content, dialect, 10**6, block_bytes, most)[0] == expected
    found, at_once = rows_of(content, dialect, 10**6, len(content) + 1, most)
    assert found == expected
    assert at_once >= len(table) - 1  # a last \r is held back: \n may follow it
