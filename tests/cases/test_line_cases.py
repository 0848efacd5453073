"""Each file in lines/clean has no fault; each in lines/flagged has those of the `.findings` beside it.

A finding is a line number, a name, and a JSON Pointer where it is not empty. Files that cannot lie in a
repository as they are (odd bytes, large ones) are made here.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ftdata.model import Fault, ReadOptions, Source
from ftdata.readers.json_line import UNPARSED, parse_line
from ftdata.readers.jsonl import read

CASES = Path(__file__).parent / "lines"
CLEAN = sorted((CASES / "clean").iterdir())
FLAGGED = sorted((CASES / "flagged").glob("*.jsonl"))

ROW = b'{"text": "Hello"}\n'
MADE: dict[str, tuple[bytes, list[str]]] = {
    "latin-1": (ROW + b'{"text": "caf\xe9"}\n' + ROW, ["2 not-utf8"]),
    "half a character": (b'{"text": "\xf0\x9f\x98"}\n' + ROW, ["1 not-utf8"]),
    "surrogates as bytes": (b'{"text": "\xed\xa0\xbd\xed\xb8\x80"}\n', ["1 not-utf8"]),
    "mark": (b"\xef\xbb\xbf" + ROW, ["1 byte-order-mark"]),
    "marks of joined files": (ROW + b"\xef\xbb\xbf" + ROW, ["2 invalid-json"]),
    "utf-16": (ROW.decode().encode("utf-16"), ["1 utf16-or-utf32"]),
    "utf-16 without a mark": (ROW.decode().encode("utf-16-be"), ["1 utf16-or-utf32"]),
    "utf-32": (ROW.decode().encode("utf-32"), ["1 utf16-or-utf32"]),
    "zeros": (
        ROW + b'{"text": "a\0b"}\n' + ROW + b"\0\0\n",
        ["2 control-character", "4 control-character"],
    ),
    "zeros only": (bytes(1000), ["1 binary-file"]),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ["1 binary-file"]),
    "rubbish": (b"{" + bytes(range(256)) * 20, ["1 binary-file"]),
    "archive": (gzip.compress(ROW), ["1 binary-file"]),
    "empty": (b"", ["1 empty-file"]),
    "only line ends": (b"\r\n\n", ["1 empty-file"]),
    "5,000 digits": (ROW + b'{"n": ' + b"7" * 5000 + b"}\n", ["2 number-too-long"]),
    "5,000 brackets": (ROW + b"[" * 5000 + b"]" * 5000 + b"\n" + ROW, ["2 nested-too-deep"]),
    "100,000 open brackets": (ROW + b'{"a":' * 100_000 + b"\n" + ROW, ["2 nested-too-deep"]),
}


def findings_of(path: Path) -> list[str]:
    found: list[str] = []
    for batch in read(Source(path.name, str(path), "jsonl"), ReadOptions()):
        last = len(batch.items) - 1
        for index, (number, item) in enumerate(zip(batch.numbers, batch.items, strict=True)):
            if isinstance(item, Fault):
                found.append(f"{number} {item.name}")
                continue
            assert isinstance(item, bytes)
            record, faults = parse_line(item, unterminated=batch.unterminated and index == last)
            found += [f"{number} {fault.name} {fault.pointer}".strip() for fault in faults]
            if record is not UNPARSED and not isinstance(record, dict):
                found.append(f"{number} not-an-object")
    return found


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_a_clean_file_has_no_fault(path: Path) -> None:
    assert path.stat().st_size > 0
    assert findings_of(path) == []


@pytest.mark.parametrize("path", FLAGGED, ids=lambda path: path.stem)
def test_a_flagged_file_has_the_faults_beside_it(path: Path) -> None:
    expected = path.with_suffix(".findings").read_text(encoding="utf-8").splitlines()
    assert expected
    assert findings_of(path) == expected


@pytest.mark.parametrize("name", MADE)
def test_a_file_with_odd_bytes_has_its_faults(tmp_path: Path, name: str) -> None:
    content, expected = MADE[name]
    path = tmp_path / "case.jsonl"
    path.write_bytes(content)
    assert findings_of(path) == expected


def test_a_line_of_40_mb_is_counted_and_the_rows_around_it_are_read(tmp_path: Path) -> None:
    path = tmp_path / "case.jsonl"
    path.write_bytes(ROW + b'{"text": "' + b"x" * 40_000_000 + b'"}\n' + ROW)
    assert findings_of(path) == ["2 line-too-long"]


def test_no_case_lies_where_nobody_looks() -> None:
    assert {path.suffix for path in CLEAN} == {".jsonl"}
    named = {path.stem for path in (CASES / "flagged").glob("*.findings")}
    assert named == {path.stem for path in FLAGGED}
