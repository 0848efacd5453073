"""Every folder in tests/cases/readers: an input, its expected items, perhaps options.

A line of `expected.jsonl` is [number, row or line] or [number, {"fault": name, "params", "original"}].
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ftdata.model import Fault
from tests.unit.readers.table_reading import items_of

CASES = Path(__file__).parents[2] / "cases" / "readers"


def as_expected(item: Any) -> Any:
    if isinstance(item, Fault):
        return {"fault": item.name, "params": dict(item.params), "original": item.original}
    return item


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_an_input_gives_the_expected_items(name: str) -> None:
    folder = CASES / name
    (path,) = folder.glob("input.*")
    options = folder / "options.json"
    chosen = json.loads(options.read_text()) if options.exists() else {}
    items = [[number, as_expected(item)] for number, item in items_of(path, **chosen)]
    with (folder / "expected.jsonl").open(encoding="utf-8", newline="\n") as lines:
        assert items == [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_only_what_lies_beside_the_rows_is_no_row(name: str) -> None:
    (path,) = (CASES / name).glob("input.*")
    beside = {"blank-line", "empty-file"}
    for _, item in items_of(path):
        if isinstance(item, Fault):
            assert item.is_row == (item.name not in beside)
