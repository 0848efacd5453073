"""What is known of a shard of a folder; it lies beside it, hidden, and tells whether it is complete."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ftdata.errors import UnreadableSource
from ftdata.model import ConvertPlan, ReadOptions, Source
from ftdata.storage.output import atomic_output
from ftdata.storage.places import inside, open_raw, state_of
from ftdata.version import __version__

_BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class ShardRecord:
    """One unit that was converted: where it comes from, what its files hold, and its share of the accounts.

    Rows of its rejects and losses are counted from the unit's own first line.
    """

    run: str  # the fingerprint of the run that made it
    file: str
    source: str
    start: int
    end: int | None
    layout: str | None
    rows: int
    bytes: int
    sha256: str
    rejected: int
    rejects_sha256: str
    dropped: int
    reasons: Mapping[str, int]
    not_carried: Mapping[str, int]
    losses: Mapping[str, Any]  # as LossTally gives them
    notes: Mapping[str, int]
    line_count: int
    ends_source: bool

    @property
    def rejects_file(self) -> str:
        """The name of the hidden file of its rejects; there is one if there are any."""
        return rejects_name(self.file)


def record_name(file: str) -> str:
    """The name of a shard's record."""
    return f".{file.removesuffix('.jsonl')}.json"


def rejects_name(file: str) -> str:
    """The name of the file of a shard's rejects."""
    return f".{file.removesuffix('.jsonl')}.rejects.jsonl"


def write_record(folder: str, record: ShardRecord) -> None:
    """Puts a record beside its shard."""
    with atomic_output(inside(folder, record_name(record.file))) as stream:
        stream.write(json.dumps(asdict(record)).encode())


def complete_record(folder: str, file: str, run: str) -> ShardRecord | None:
    """Gives the record of a shard that this run need not write again; None where it must.

    Its record is there and of the same run, and its files still have the bytes that were written.
    """
    try:
        with io.BufferedReader(open_raw(inside(folder, record_name(file)))) as stream:
            record = ShardRecord(**json.loads(stream.read()))
    except (UnreadableSource, TypeError, ValueError):
        return None
    if record.run != run or record.file != file:
        return None
    if _sha256_of(inside(folder, file)) != record.sha256:
        return None
    if record.rejected and _sha256_of(inside(folder, record.rejects_file)) != record.rejects_sha256:
        return None
    return record


def _sha256_of(path: str) -> str | None:
    digest = hashlib.sha256()
    try:
        with io.BufferedReader(open_raw(path), _BLOCK_BYTES) as stream:
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
    except UnreadableSource:
        return None
    return digest.hexdigest()


def fingerprint(
    plan: ConvertPlan, options: ReadOptions, sources: Sequence[Source], unit_bytes: int
) -> str:
    """Names all that decides what is in the shards: another name, other shards."""
    known = [
        __version__,
        asdict(plan),
        asdict(options),
        [[asdict(source), repr(state_of(source.path))] for source in sources],
        unit_bytes,
    ]
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()
