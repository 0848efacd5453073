"""What is decided about a CSV, and what its rows cost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ftdata.errors import UsageError
from ftdata.model import Fault
from tests.unit.readers.table_reading import batches_of, described, items_of, rows_of

MEGABYTE = 1024 * 1024


def table(tmp_path: Path, text: str, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("a,b\n1,2\n", "t.csv", "utf-8, ',' between cells, header row"),
        ("a;b\n1,5;2,5\n", "t.csv", "utf-8, ';' between cells, header row"),
        ("1,5;2,5\n3,5;4,5\n", "t.csv", "utf-8, ';' between cells, header row"),
        ("a|b\n1|2\n", "t.psv", "utf-8, '|' between cells, header row"),
        ("a,b\tc\n1,2\t3\n", "t.tsv", "utf-8, tab between cells, header row"),
        ("a,b\n1,2\n", "t.tsv", "utf-8, ',' between cells, header row"),
        (
            'a\tb\n"x" y\tz\n"q" w\te\n',
            "t.tab",
            "utf-8, tab between cells, quotes are plain text, header row",
        ),
        ("text\nno delimiter here\n", "t.csv", "utf-8, ',' between cells, header row"),
        ("", "t.csv", None),
    ],
)
def test_the_user_is_told_what_was_decided(
    tmp_path: Path, text: str, name: str, expected: str | None
) -> None:
    assert described(table(tmp_path, text, name)) == expected


@pytest.mark.parametrize(
    ("text", "has_header"),
    [
        ("question,answer\nWhy so?,Because.\n", True),
        ("Sr. No.,Valid?\n1,yes\n", True),  # marks, but no sentences
        ("What is your name?,Where do you live?\nJane,Rome\nRick,Oslo\n", True),  # a survey
        ("How do I pay?,By card or in cash.\nHow late are you open?,Until ten.\n", False),
        ("How do I pay?,By card.\n", False),
        ("営業時間は何時までですか？,十時までです\n駐車場はありますか？,あります\n", False),
        ("x" * 81 + ",1\n" + "y" * 90 + ",2\n", False),
        ('"two\nlines",1\n"of\ntext",2\n', False),
        ("2019,2020\n1,2\n", True),
    ],
)
def test_a_first_row_is_a_header_unless_it_reads_like_the_rows_below(
    tmp_path: Path, text: str, has_header: bool
) -> None:
    note = described(table(tmp_path, text)) or ""
    assert note.endswith(", header row") == has_header
    assert ("no header row" in note) != has_header


def test_what_the_user_says_is_not_decided_again(tmp_path: Path) -> None:
    path = table(tmp_path, 'a,"b"\n1,2\n')
    assert rows_of(path, header=False) == [
        {"column_1": "a", "column_2": "b"},
        {"column_1": "1", "column_2": "2"},
    ]
    assert rows_of(path, quoting=False) == [{"a": "1", '"b"': "2"}]
    assert rows_of(path, delimiter=";") == [{'a,"b"': "1,2"}]
    for spelled in ("tab", "\\t", "\t"):
        assert rows_of(path, delimiter=spelled) == [{'a,"b"': "1,2"}]


@pytest.mark.parametrize("delimiter", ["", ",,", '"', "\n", "é"])
def test_what_cannot_part_cells_is_refused(tmp_path: Path, delimiter: str) -> None:
    with pytest.raises(UsageError, match="a delimiter is one ASCII character"):
        items_of(table(tmp_path, "a\n"), delimiter=delimiter)


def test_quotes_stay_quotes_in_a_table_with_one_careless_row(tmp_path: Path) -> None:
    good = "".join(f'"question {n}","answer {n}"\n' for n in range(20))
    path = table(tmp_path, '"q","a"\n' + good + '"careless" row,"x"\n' + good)
    items = items_of(path)
    faults = [(number, item) for number, item in items if isinstance(item, Fault)]
    reason = {"reason": "text follows a closing quote"}
    assert faults == [(22, Fault("unreadable-part", reason, original='"careless" row,"x"'))]
    assert items[0] == (2, {"q": "question 0", "a": "answer 0"})
    assert len(items) == 41


def test_prose_with_commas_loses_to_an_even_delimiter(tmp_path: Path) -> None:
    lines = [f"Well, yes{'|'}no, {n}, of course\n" for n in range(5)]
    assert rows_of(table(tmp_path, "".join(lines)), header=False)[0] == {
        "column_1": "Well, yes",
        "column_2": "no, 0, of course",
    }


def test_the_dialect_is_told_from_the_first_lines_though_the_last_row_is_cut(
    tmp_path: Path,
) -> None:
    cell = "line, of; text|\n" * 2000
    path = table(tmp_path, "a;b\n" + f'1;"{cell}"\n' * 20)
    assert rows_of(path) == [{"a": "1", "b": cell}] * 20


def test_a_first_row_larger_than_the_head_is_no_end(tmp_path: Path) -> None:
    names = [f"name_{number}" for number in range(200_000)]
    path = table(tmp_path, ",".join(names) + "\n" + ",".join("1" * len(names)) + "\n")
    assert path.stat().st_size > 2 * MEGABYTE
    (row,) = rows_of(path)
    assert list(row) == names


def test_a_broken_header_names_nothing_and_takes_no_row_with_it(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(
        "é,ß,\xff\n1,2,3\n4,5,6\n".encode("latin-1").replace(b"\xff", b"\0") + b"7,8,9\n" * 30
    )
    (number, fault), *rows = items_of(path, encoding="latin-1")
    assert (number, fault.name) == (1, "control-character")
    assert rows[0] == (2, {"column_1": "1", "column_2": "2", "column_3": "3"})
    assert len(rows) == 32


def test_the_limit_of_the_host_program_on_cells_holds_between_batches(tmp_path: Path) -> None:
    path = table(tmp_path, "a,b\n" + f"1,{'x' * 200_000}\n" * 20)
    before = csv.field_size_limit(1234)
    try:
        for batch in batches_of(path):
            assert csv.field_size_limit() == 1234
            assert all(isinstance(item, dict) for item in batch.items)
    finally:
        csv.field_size_limit(before)


def test_batches_are_small_and_cover_the_file(tmp_path: Path) -> None:
    many = batches_of(table(tmp_path, "a,b\n" + "1,2\n" * 5000, "many.csv"))
    assert [len(batch.items) for batch in many] == [1000] * 5
    large = batches_of(table(tmp_path, "a,b\n" + f"1,{'x' * 400_000}\n" * 9, "large.csv"))
    assert [len(batch.items) for batch in large] == [3, 3, 3]
    for name, batches in [("many.csv", many), ("large.csv", large)]:
        assert sum(batch.byte_count for batch in batches) == (tmp_path / name).stat().st_size


@pytest.mark.parametrize("quoted", [True, False])
def test_a_row_beyond_the_limit_is_skipped_to_its_end(tmp_path: Path, quoted: bool) -> None:
    inside = "y" * 999 + ("\n" if quoted else "-")
    quote = '"' if quoted else ""
    long_row = f"1,{quote}{inside * 3000}{quote}"
    path = table(tmp_path, f"a,b\n0,0\n{long_row}\n2,3\n")
    limit = MEGABYTE
    items = items_of(path, max_line_bytes=limit)
    params = {"byte_count": len(long_row), "limit": limit}
    assert items[:2] == [(2, {"a": "0", "b": "0"}), (3, Fault("line-too-long", params))]
    assert items[2:] == [(3004 if quoted else 4, {"a": "2", "b": "3"})]


def test_a_row_of_the_limit_exactly_is_read(tmp_path: Path) -> None:
    path = table(tmp_path, "a,b\r\n1,2345\r\n")
    assert rows_of(path, max_line_bytes=6) == [{"a": "1", "b": "2345"}]
    (_, fault) = items_of(path, max_line_bytes=5)[0]
    assert fault == Fault("line-too-long", {"byte_count": 6, "limit": 5})


def test_a_long_line_within_quotes_hides_no_row_behind_it(tmp_path: Path) -> None:
    line = "z" * MEGABYTE
    path = table(tmp_path, f'a,b\n1,"short\n{line}\n{line}"\n2,3\n4,"{line}\n5,6\n')
    items = items_of(path, max_line_bytes=MEGABYTE // 2)
    assert [(number, getattr(item, "name", item)) for number, item in items] == [
        (2, "line-too-long"),
        (5, {"a": "2", "b": "3"}),
        (6, "line-too-long"),  # its quote is never closed
    ]


def test_a_first_line_beyond_the_limit_is_a_fault_and_no_header(tmp_path: Path) -> None:
    path = table(tmp_path, "x" * MEGABYTE + "\n1,2\n")
    (_, fault), row = items_of(path, max_line_bytes=1000)
    assert fault.params["byte_count"] == MEGABYTE
    assert row == (2, {"column_1": "1", "column_2": "2"})


def test_many_blank_lines_are_told_one_by_one(tmp_path: Path) -> None:
    items = items_of(table(tmp_path, "\n" * 300_000 + "a,b\n1,2\n"))
    assert items[-1] == (300_002, {"a": "1", "b": "2"})
    assert [number for number, _ in items[:-1]] == list(range(1, 300_001))
