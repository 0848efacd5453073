"""One JSON array, or spread objects, as a stream of elements with their lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from ftdata.model import Fault
from ftdata.readers.json_array import READER
from tests.shared_data import shared_file
from tests.unit.readers.line_reading import batches_of, items_of, judged, names


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "rows.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def shown(items: list[tuple[int, Any]]) -> list[tuple[int, Any]]:
    """Faults by name; what was not lost of them behind it."""
    return [
        (line, (item.name, item.original) if isinstance(item, Fault) else item.decode())
        for line, item in items
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[]", []),
        ("[1, true,\n null , -0.5e3]", [(1, "1"), (1, "true"), (2, "null"), (2, "-0.5e3")]),
        ('[\n {"a": 1},\n {\n  "b": "]},[{"\n }\n]\n', [(2, '{"a": 1}'), (3, '{\n  "b": "]},[{"\n }')]),
        (r'["a\"]", "\\", {"a\\": "\""}]', [(1, r'"a\"]"'), (1, r'"\\"'), (1, r'{"a\\": "\""}')]),
        (r'["\\\\\"[", "\\\\"]', [(1, r'"\\\\\"["'), (1, r'"\\\\"')]),
        ("[[1, [2]], [], [[]]]", [(1, "[1, [2]]"), (1, "[]"), (1, "[[]]")]),
        ('{\n "data": [1, 2]\n}\n', [(1, '{\n "data": [1, 2]\n}')]),
        ('{"a":\n1}{"b":\n2}\n\n{"c": 3}', [(1, '{"a":\n1}'), (2, '{"b":\n2}'), (5, '{"c": 3}')]),
        ('{"a": 1}\n[2]\n"three"\n4\n', [(1, '{"a": 1}'), (2, "[2]"), (3, '"three"'), (4, "4")]),
        ("42", [(1, "42")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("block_bytes", [1, 3, 1000])
def test_elements_keep_their_bytes_and_have_their_lines(
    tmp_path: Path, content: str, expected: list[tuple[int, str]], block_bytes: int
) -> None:
    path = written(tmp_path, content)
    assert shown(items_of(path, "json", block_bytes=block_bytes)) == expected
    batches = batches_of(path, "json", block_bytes=block_bytes)
    assert sum(batch.byte_count for batch in batches) == len(content) * bool(batches)


CUT = ("truncated-last-line", None)
BAD = ("invalid-json", None)


def bad(original: str) -> tuple[str, str]:
    return ("invalid-json", original)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('[{"a": 1}\n{"a": 2}]', [(1, '{"a": 1}'), (2, BAD), (2, '{"a": 2}')]),
        ('[{"a": 1},\n,{"a": 2}]', [(1, '{"a": 1}'), (2, BAD), (2, '{"a": 2}')]),
        ("[,1]", [(1, BAD), (1, "1")]),
        ("[1,\n]", [(1, "1"), (2, BAD)]),
        ('[1 x\n, "a" y]', [(1, "1 x"), (2, '"a"'), (2, BAD), (2, "y")]),
        ('[abc{"a": 1}]', [(1, "abc"), (1, BAD), (1, '{"a": 1}')]),
        ("[}, 1]", [(1, "}"), (1, "1")]),
        ('[{"a": [1}, {"b": 2}]', [(1, '{"a": [1}'), (1, '{"b": 2}')]),
        ("[1]\n[2]\n\n three {4}", [(1, "1"), (2, bad("[2]")), (4, bad("three")), (4, bad("{4}"))]),
        ("[1], 2, 3", [(1, "1"), (1, BAD), (1, bad("2")), (1, bad("3"))]),
        ('{"a": 1},\n{"a": 2},\n{"a": 3}', [(1, '{"a": 1}'), (1, BAD), (2, '{"a": 2}'), (3, '{"a": 3}')]),
        ("[1,\n2", [(1, "1"), (2, ("truncated-last-line", "2"))]),
        ("[1,\n", [(1, "1"), (2, CUT)]),
        ('[{"a": 1}\n', [(1, '{"a": 1}'), (2, CUT)]),
        ('[{"a": 1}, {"a', [(1, '{"a": 1}'), (1, '{"a')]),
        ('[{"a": 1}, "b', [(1, '{"a": 1}'), (1, '"b')]),
        ("[", [(1, CUT)]),
        ("]", [(1, "]")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("block_bytes", [1, 1000])
def test_nothing_is_lost_where_the_array_is_broken(
    tmp_path: Path, content: str, expected: list[tuple[int, Any]], block_bytes: int
) -> None:
    items = items_of(written(tmp_path, content), "json", block_bytes=block_bytes)
    assert shown(items) == expected
    beside = [item for _, item in items if isinstance(item, Fault) and item.original is None]
    assert not any(fault.is_row for fault in beside)


def test_what_is_wrong_between_elements_has_its_line_and_column(tmp_path: Path) -> None:
    content = '[\n  {"a": 1}\n  {"a": 2},\n  {"a": 3},\n]  rest'
    _, faults = judged(written(tmp_path, content), "json")
    assert [(line, dict(fault.params)) for line, fault in faults] == [
        (3, {"column": 3, "reason": "a comma is missing between two elements"}),
        (5, {"column": 1, "reason": "a trailing comma before ']'"}),
        (5, {"column": 8, "reason": "more text after the end of the array"}),
    ]


def test_broken_elements_are_explained_at_the_line_where_they_start(tmp_path: Path) -> None:
    content = b'[\n{"a": "\xff"},\n{"a": 1, "a": 2},\n{\n "a": None\n},\n{"a": \n'
    records, faults = judged(written(tmp_path, content), "json")
    assert records == [{"a": 2}]
    assert names(faults) == [
        (2, "not-utf8"),
        (3, "duplicate-key"),
        (4, "invalid-json"),
        (7, "truncated-last-line"),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ["empty-file"]),
        (b"\xef\xbb\xbf[]", ["byte-order-mark"]),
        ("[1]".encode("utf-16"), ["utf16-or-utf32"]),
        (b"PK\x03\x04....", ["binary-file"]),
    ],
)
def test_faults_of_the_whole_file_stand_at_line_one(
    tmp_path: Path, content: bytes, expected: list[str]
) -> None:
    _, faults = judged(written(tmp_path, content), "json")
    assert names(faults) == [(1, name) for name in expected]


def test_a_giant_element_is_counted_and_not_kept(tmp_path: Path) -> None:
    content = '[{"a": 1},\n"' + "x" * 98 + '",\n{"a": 2},' + "y" * 60 + "]"
    items = items_of(written(tmp_path, content), "json", block_bytes=10, max_line_bytes=50)
    assert items == [
        (1, b'{"a": 1}'),
        (2, Fault("line-too-long", {"byte_count": 100, "limit": 50})),
        (3, b'{"a": 2}'),
        (3, Fault("line-too-long", {"byte_count": 60, "limit": 50})),
    ]


def test_a_cut_archive_gives_its_elements_and_the_line_at_which_it_ends(tmp_path: Path) -> None:
    content = json.dumps([{"number": n, "half": n / 7} for n in range(50_000)], indent=1)
    archive = gzip.compress(content.encode())
    path = written(tmp_path, archive[: len(archive) // 2])
    *rows, (number, fault) = items_of(path, "json", compression="gz")
    assert [json.loads(row)["number"] for _, row in rows] == list(range(len(rows)))
    assert len(rows) > 10_000
    assert number >= 4 * len(rows) + 1
    assert fault.name == "unreadable-part"
    assert content.encode().count(b"\n") > number


def test_the_reader_gives_lines_of_json_files() -> None:
    assert READER.kind == "lines"
    assert READER.suffixes == (".json",)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    "name",
    [
        "llamafactory_demos/alpaca_zh_demo.json",
        "llamafactory_demos/glaive_toolcall_en_demo.json",
        "llamafactory_demos/dataset_info.json",
        "fastchat_dummy/dummy_conversation.json",
        "tau_bench/gpt-4o-airline.json",
    ],
)
def test_real_arrays_give_what_json_gives(name: str) -> None:
    path = shared_file(name)
    whole = json.loads(path.read_bytes())
    records, faults = judged(path, "json", block_bytes=50_000)
    assert faults == []
    assert records == (whole if isinstance(whole, list) else [whole])
