"""Shards: what units were converted to, in files of their own, until they are joined in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ftdata.operators.converting import Converted, renumbered

_BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Shard:
    """One converted unit: two files of JSON lines, and all else that is in a `Converted`.

    Rows of rejects are counted from the unit's own first line.
    """

    lines: Path
    rejects: Path
    rest: Converted  # without lines and rejects; `rows_read` counts only the rows dropped
    layout: str | None = None
    line_count: int = 0
    ends_source: bool = False  # nothing behind this unit counts

    def remove(self) -> None:
        """Deletes both files."""
        self.lines.unlink(missing_ok=True)
        self.rejects.unlink(missing_ok=True)


@dataclass
class ShardWriter:
    """Fills the two files of a shard."""

    lines: Path
    rejects: Path
    rest: Converted = field(default_factory=Converted)

    def write(self, parts: Iterable[Converted]) -> None:
        """Writes everything. The files appear even where they stay empty."""
        with self.lines.open("wb") as lines, self.rejects.open("wb") as rejects:
            for part in parts:
                _write(lines, part.lines)
                _write(rejects, part.rejects)
                self._add(part)

    def _add(self, part: Converted) -> None:
        rest = self.rest
        rest.rows_read += part.rows_read - len(part.lines) - part.rejected
        rest.dropped += part.dropped
        rest.reasons += part.reasons
        rest.not_carried += part.not_carried
        rest.notes += part.notes


def read_shard(shard: Shard, *, rows_before: int = 0) -> Iterator[Converted]:
    """Gives back what was written, in parts of about a megabyte."""
    for lines in _blocks(shard.lines):
        yield Converted(rows_read=len(lines), lines=lines)
    for rejects in _blocks(shard.rejects):
        if rows_before:
            rejects = [renumbered(reject, rows_before) for reject in rejects]
        yield Converted(rows_read=len(rejects), rejected=len(rejects), rejects=rejects)
    yield shard.rest


def _blocks(path: Path) -> Iterator[list[bytes]]:
    with path.open("rb") as stream:
        while lines := stream.readlines(_BLOCK_BYTES):
            yield [line[:-1] for line in lines]


def _write(stream: IO[bytes], lines: list[bytes]) -> None:
    if lines:
        stream.write(b"\n".join(lines) + b"\n")
