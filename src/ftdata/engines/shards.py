"""Shards: what units were converted to, in files of their own."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from ftdata.engines.lines_file import LinesFile
from ftdata.model import LossTally
from ftdata.operators.converting import Converted, renumbered
from ftdata.storage.places import open_raw, remove

_BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Shard:
    """One converted unit: a file of lines, one of rejects if there are any, and the rest of a `Converted`.

    Rows of rejects and of losses are counted from the unit's own first line.
    """

    lines: str
    rejects: str | None
    rest: Converted  # without lines and rejects; `rows_read` counts only the rows dropped
    layout: str | None = None
    line_count: int = 0
    ends_source: bool = False  # nothing behind this unit counts

    def remove(self) -> None:
        """Deletes both files."""
        remove(self.lines)
        if self.rejects is not None:
            remove(self.rejects)


@dataclass
class ShardWriter:
    """Fills the files of a shard, and adds up what is in no file."""

    lines_path: str
    rejects_path: str
    measured: bool = False
    rest: Converted = field(default_factory=Converted)

    def write(self, parts: Iterable[Converted]) -> tuple[LinesFile, LinesFile]:
        """Writes everything; gives the files of lines and of rejects. The second may not exist."""
        with ExitStack() as stack:
            lines = LinesFile(self.lines_path, stack, measured=self.measured)
            lines.open()
            rejects = LinesFile(self.rejects_path, stack, measured=self.measured)
            for part in parts:
                lines.write(part.lines)
                rejects.write(part.rejects)
                self._add(part)
        return lines, rejects

    def _add(self, part: Converted) -> None:
        rest = self.rest
        rest.rows_read += part.rows_read - len(part.lines) - part.rejected
        rest.dropped += part.dropped
        rest.reasons += part.reasons
        rest.not_carried += part.not_carried
        rest.losses.add(part.losses)
        rest.notes += part.notes


def read_shard(shard: Shard, *, rows_before: int = 0) -> Iterator[Converted]:
    """Gives back what was written, in parts of about a megabyte."""
    for lines in _blocks(shard.lines):
        yield Converted(rows_read=len(lines), lines=lines)
    if shard.rejects is not None:
        yield from read_rejects(shard.rejects, rows_before=rows_before)
    losses = LossTally()
    losses.add(shard.rest.losses, rows_before=rows_before)
    yield replace(shard.rest, losses=losses)


def read_rejects(path: str, *, rows_before: int) -> Iterator[Converted]:
    """Gives back the rejects of a unit, with their rows counted from the start of the source."""
    for rejects in _blocks(path):
        if rows_before:
            rejects = [renumbered(reject, rows_before) for reject in rejects]
        yield Converted(rows_read=len(rejects), rejected=len(rejects), rejects=rejects)


def _blocks(path: str) -> Iterator[list[bytes]]:
    with io.BufferedReader(open_raw(path), _BLOCK_BYTES) as stream:
        while lines := stream.readlines(_BLOCK_BYTES):
            yield [line[:-1] for line in lines]
