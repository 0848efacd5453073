"""Reads a table or a text as the engines do: numbered rows, lines and faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ftdata.model import Batch, Fault, ReadOptions, Source
from ftdata.readers import arrow, csv_table, excel, parquet, text

READERS = (csv_table.READER, text.READER, parquet.READER, arrow.READER, excel.READER)
_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}


def source_of(path: Path, compression: Any = None) -> Source:
    suffixes = path.suffixes if compression is None else path.suffixes[:-1]
    return Source(path.name, str(path), _BY_SUFFIX[suffixes[-1]].name, compression)


def batches_of(path: Path, compression: Any = None, **options: Any) -> list[Batch]:
    source = source_of(path, compression)
    reader = next(reader for reader in READERS if reader.name == source.container)
    return list(reader.read(source, ReadOptions(**options)))


def items_of(path: Path, compression: Any = None, **options: Any) -> list[tuple[int, Any]]:
    """Each number with its row, its line, or the Fault that stands there."""
    return [
        numbered
        for batch in batches_of(path, compression, **options)
        for numbered in zip(batch.numbers, batch.items, strict=True)
    ]


def rows_of(path: Path, compression: Any = None, **options: Any) -> list[Any]:
    """The rows or lines alone; there must be no fault."""
    items = items_of(path, compression, **options)
    faults = [numbered for numbered in items if isinstance(numbered[1], Fault)]
    assert not faults, faults[:3]
    return [item for _, item in items]


def described(path: Path, **options: Any) -> str | None:
    source = source_of(path)
    reader = next(reader for reader in READERS if reader.name == source.container)
    assert reader.describe is not None
    return reader.describe(source, ReadOptions(**options))
