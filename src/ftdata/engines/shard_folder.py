"""A folder of shards: what is in it, what may be written to it, and the task that writes one of them."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ftdata.engines.shard_records import (
    ShardRecord,
    complete_record,
    record_name,
    rejects_name,
    write_record,
)
from ftdata.engines.sharding import ConvertedUnit
from ftdata.engines.shards import ShardWriter
from ftdata.engines.units import count_units
from ftdata.errors import FtdataError, UnreadableSource, UsageError
from ftdata.model import ConvertPlan, ReadOptions, Source, Unit
from ftdata.storage.output import atomic_output
from ftdata.storage.places import (
    beside,
    identity_of,
    inside,
    is_remote,
    kind_of,
    local_path,
    names_in,
    open_raw,
    remove,
    shown,
)

_MARK = ".ftdata-run"  # holds the fingerprint of the run that the folder belongs to
_OURS = re.compile(r"\.{0,2}part-\d{5,}\.")
_DIGITS = 5


def is_folder(output: str) -> bool:
    """True where shards are asked for: the path ends in a slash, or is a folder that is there."""
    if output.endswith(("/", os.sep)):
        return True
    return output != "-" and not is_remote(output) and kind_of(output) == "folder"


def _holds(folder: str, file: str) -> bool:
    if is_remote(folder) or is_remote(file):
        return file.rpartition("/")[0] == folder.rstrip("/")
    return Path(local_path(file)).resolve().parent == Path(local_path(folder)).resolve()


@dataclass(frozen=True)
class ShardFolder:
    """The shards of one run, numbered in the order of the data: part-00000.jsonl, part-00001.jsonl, ..."""

    path: str
    run: str
    first_places: tuple[int, ...]  # of each source, and behind the last

    @classmethod
    def of(cls, path: str, run: str, sources: Sequence[Source], unit_bytes: int) -> ShardFolder:
        """Numbers the units of the sources. Raises UsageError for a source that lies in the folder."""
        places = [0]
        for source in sources:
            places.append(places[-1] + count_units([source], unit_bytes))
            if _holds(path, source.path):
                raise UsageError(f"{source.name} lies in the folder that is to be written")
        if not is_remote(path) and kind_of(path.rstrip(f"/{os.sep}") or path) == "file":
            raise UsageError(f"{path} is no folder: there is a file of this name")
        if is_remote(path) and "/" not in path.partition("://")[2].strip("/"):
            raise UsageError(f"{shown(path)} is no folder; name one in it")
        return cls(path, run, tuple(places))

    @property
    def count(self) -> int:
        """How many shards there are."""
        return self.first_places[-1]

    def file_at(self, place: int) -> str:
        """The name of a shard. All are of one length, so that a shell sorts them rightly."""
        digits = max(_DIGITS, len(str(self.count - 1)))
        return f"part-{place:0{digits}d}.jsonl"

    def file_of(self, unit: Unit) -> str:
        """The name of a unit's shard."""
        return self.file_at(self.first_places[unit.source.index] + unit.index)

    def beside(self, suffix: str) -> str:
        """A path beside the folder: OUT/ and "manifest.json" give OUT.manifest.json."""
        path = self.path.rstrip(f"/{os.sep}")
        if not is_remote(self.path) and Path(local_path(self.path)).name in ("", ".."):
            path = str(Path(local_path(self.path)).absolute().resolve())
        name = path.rpartition("/")[2] if is_remote(path) else Path(path).name
        return beside(path, f"{name}.{suffix}")

    def claims(self, file: str) -> bool:
        """True for a file that would lie among the shards, or in the place of their manifest."""
        return _holds(self.path, file) or identity_of(file) == identity_of(
            self.beside("manifest.json")
        )

    def remove_unfinished(self) -> None:
        """Removes what workers that were stopped had begun to write. In a store, nobody sees that."""
        for name in () if is_remote(self.path) else names_in(self.path):
            if _OURS.match(name) and name.endswith(".part"):
                remove(inside(self.path, name))

    def make_ready(self) -> None:
        """Removes what does not belong to this run, and marks the folder as this run's.

        Raises UsageError where it holds files that ftdata did not write.
        """
        names = names_in(self.path)
        foreign = [name for name in names if not name.startswith(".")]
        if _MARK not in names and foreign:
            raise UsageError(
                f"{shown(self.path)} holds {foreign[0]}, which is no shard of ftdata; "
                "name a new or an empty folder"
            )
        expected = set()
        if _MARK in names and self._read_mark() == self.run:
            files = [self.file_at(place) for place in range(self.count)]
            expected = {
                name_of(file) for file in files for name_of in (str, record_name, rejects_name)
            }
        else:
            remove(self.beside("manifest.json"))
        for name in names:
            if _OURS.match(name) and name not in expected:
                remove(inside(self.path, name))
        with atomic_output(inside(self.path, _MARK)) as stream:
            stream.write(self.run.encode())

    def _read_mark(self) -> str | None:
        try:
            with io.BufferedReader(open_raw(inside(self.path, _MARK))) as stream:
                return stream.read().decode("ascii", "replace")
        except UnreadableSource:
            return None


@dataclass(frozen=True)
class WrittenShard:
    """A shard that is complete; `kept`: it was so before."""

    record: ShardRecord
    kept: bool


def write_shard(
    plan: ConvertPlan, options: ReadOptions, folder: ShardFolder, unit: Unit
) -> WrittenShard | FtdataError:
    """Writes the shard of a unit and then its record, unless both are there and belong together.

    An error is given back, to be raised in its turn.
    """
    file = folder.file_of(unit)
    try:
        known = complete_record(folder.path, file, folder.run)
        if known is not None:
            return WrittenShard(known, kept=True)
        converted = ConvertedUnit(plan, options, unit)
        lines_path, rejects_path = (
            inside(folder.path, each) for each in (file, rejects_name(file))
        )
        writer = ShardWriter(lines_path, rejects_path, measured=True)
        lines, rejects = writer.write(converted.parts)
        record = ShardRecord(
            run=folder.run,
            file=file,
            source=unit.source.name,
            start=unit.start,
            end=unit.end,
            layout=converted.layout,
            rows=lines.rows,
            bytes=lines.byte_count,
            sha256=lines.sha256,
            rejected=rejects.rows,
            rejects_sha256=rejects.sha256,
            dropped=writer.rest.dropped,
            reasons=dict(writer.rest.reasons),
            not_carried=dict(writer.rest.not_carried),
            losses=writer.rest.losses.to_json(),
            notes=dict(writer.rest.notes),
            line_count=converted.watched.line_count,
            ends_source=converted.watched.ends_source,
        )
        write_record(folder.path, record)
    except FtdataError as error:
        return error
    return WrittenShard(record, kept=False)


def emptied(folder: ShardFolder, record: ShardRecord) -> ShardRecord:
    """Takes all out of a shard whose unit does not count, because a fault ends the source before it."""
    if not (record.rows or record.rejected or record.dropped or record.notes):
        return record
    with atomic_output(inside(folder.path, record.file)):
        pass
    remove(inside(folder.path, record.rejects_file))
    record = replace(
        record,
        rows=0,
        bytes=0,
        sha256=hashlib.sha256().hexdigest(),
        rejected=0,
        dropped=0,
        reasons={},
        not_carried={},
        losses={},
        notes={},
    )
    write_record(folder.path, record)
    return record
