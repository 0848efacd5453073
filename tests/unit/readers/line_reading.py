"""Reads a file as the engines do: reader, then parser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ftdata.model import Batch, Fault, ReadOptions, Source
from ftdata.readers import json_array, jsonl
from ftdata.readers.json_line import UNPARSED, kind_of, parse_line

READS = {"jsonl": jsonl.read, "json": json_array.read}


def batches_of(path: Path, container: str = "jsonl", **changes: Any) -> list[Batch]:
    """All batches of a file. `changes`: block_bytes, compression, or fields of ReadOptions."""
    arguments = {"block_bytes": changes.pop("block_bytes")} if "block_bytes" in changes else {}
    source = Source(path.name, str(path), container, changes.pop("compression", None))
    return list(READS[container](source, ReadOptions(**changes), **arguments))


def items_of(path: Path, container: str = "jsonl", **changes: Any) -> list[tuple[int, Any]]:
    """Each line number with its bytes, or with the Fault that stands there."""
    return [
        numbered
        for batch in batches_of(path, container, **changes)
        for numbered in zip(batch.numbers, batch.items, strict=True)
    ]


def judged(
    path: Path, container: str = "jsonl", **changes: Any
) -> tuple[list[Any], list[tuple[int, Fault]]]:
    """The records of a file, and each fault with its line; what is no object is a fault too."""
    records: list[Any] = []
    faults: list[tuple[int, Fault]] = []
    for batch in batches_of(path, container, **changes):
        last = len(batch.items) - 1
        for index, (number, item) in enumerate(zip(batch.numbers, batch.items, strict=True)):
            if isinstance(item, Fault):
                faults.append((number, item))
                continue
            assert isinstance(item, bytes)
            record, found = parse_line(item, unterminated=batch.unterminated and index == last)
            faults += [(number, fault) for fault in found]
            if record is not UNPARSED:
                records.append(record)
                if not isinstance(record, dict):
                    faults.append((number, Fault("not-an-object", {"found": kind_of(record)})))
    return records, faults


def names(faults: list[tuple[int, Fault]]) -> list[tuple[int, str]]:
    """Each fault as its line and name."""
    return [(line, fault.name) for line, fault in faults]
