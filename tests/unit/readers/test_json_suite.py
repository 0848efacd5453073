"""The JSON parsing test suite: what must parse does, what must fail is explained, nothing crashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftdata.model import ReadOptions
from ftdata.readers.sources import find_sources
from tests.shared_data import SHARED, shared_file
from tests.unit.readers.line_reading import judged

FILES = sorted((SHARED / "json_test_suite").glob("*.json"))
SHAPE_ONLY = {"not-an-object", "duplicate-key"}


def kind_of(path: Path) -> str:
    """y: must parse; n: must fail; i: as the parser likes; others: must parse."""
    start = path.name.partition("__")[2][:2]
    return start[0] if start in ("y_", "n_", "i_") else "y" if "number_" in path.name else "i"


@pytest.mark.shared_data
def test_the_suite_is_judged_as_it_asks_for() -> None:
    shared_file("json_test_suite")
    assert len(FILES) > 300
    wrong: list[str] = []
    for path in FILES:
        [source] = find_sources([str(path)], ReadOptions())
        for container in {source.container, "jsonl"}:
            records, faults = judged(path, container)
            found = {fault.name for _, fault in faults} - SHAPE_ONLY
            if container != source.container and found <= {"json-array", "pretty-printed-json"}:
                continue  # a fault of files of lines, which the other reader reads
            accepted = not found and bool(records or path.name.endswith("empty.json"))
            if (kind_of(path) == "y" and found) or (kind_of(path) == "n" and accepted):
                wrong.append(f"{path.name} as {container}: {records} {faults}")
    assert wrong == []
