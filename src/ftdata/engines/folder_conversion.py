"""Converts sources into a folder of shards with a manifest; what is complete already is not done again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from ftdata.engines.conversion import ConversionAccounts
from ftdata.engines.cores import LEAST_BYTES
from ftdata.engines.engine import THIS_PROCESS, EngineChoice, Pool, Work
from ftdata.engines.lines_file import LinesFile
from ftdata.engines.local import Progress
from ftdata.engines.pools.registry import engine_named
from ftdata.engines.shard_folder import ShardFolder, WrittenShard, emptied, write_shard
from ftdata.engines.shard_records import ShardRecord, fingerprint
from ftdata.engines.sharding import in_order
from ftdata.engines.shards import read_rejects
from ftdata.engines.units import shard_bytes_for
from ftdata.errors import FtdataError, UsageError
from ftdata.model import ConvertPlan, LossTally, ReadOptions, Source, Unit
from ftdata.operators.converting import Converted
from ftdata.storage.output import atomic_output
from ftdata.storage.places import byte_count_of, inside, is_pipe, remove, shown
from ftdata.version import __version__

_WAITING_A_WORKER = 64  # records are small

#: Told the layout of each source.
LayoutFound = Callable[[Source, str | None], None]


def convert_to_folder(
    plan: ConvertPlan,
    sources: Sequence[Source],
    options: ReadOptions,
    output: str,
    accounts: ConversionAccounts,
    *,
    rejects: str | None = None,
    choice: EngineChoice = THIS_PROCESS,
    progress: Progress | None = None,
    layout_found: LayoutFound | None = None,
    unit_bytes: int | None = None,
    least_bytes: int = LEAST_BYTES,
) -> None:
    """Writes one shard a unit, the rejects to one file and a manifest beside; fills the accounts.

    The shards, one after the other, are the bytes of a conversion to one file. `unit_bytes` None: as many
    as `shard_bytes_for` says. Raises UsageError for standard input, and for a folder that holds something
    else.
    """
    pipes = [source.name for source in sources if is_pipe(source.path)]
    if pipes:
        raise UsageError(
            f"{pipes[0]} cannot be read again to make shards; write to one file instead"
        )
    unit_bytes = unit_bytes or shard_bytes_for(sources)
    run = fingerprint(plan, options, sources, unit_bytes)
    folder = ShardFolder.of(output, run, sources, unit_bytes)
    if rejects is not None and folder.claims(rejects):
        raise UsageError(f"{shown(rejects)} is a place of the shards and their manifest")
    folder.make_ready()
    rejects_path = rejects or folder.beside("rejects.jsonl")
    task = partial(write_shard, plan, options, folder)
    work = Work(sources, choice, unit_bytes, least_bytes)
    records: list[ShardRecord] = []
    with ExitStack() as stack:
        stack.callback(folder.remove_unfinished)
        rejected = LinesFile(rejects_path, stack, measured=True)
        pool = stack.enter_context(_opened(task, work, output))
        made = in_order(pool, work.units(), pool.size * _WAITING_A_WORKER, progress)
        for unit, shard, rows_before in _counting(folder, made):
            if unit.index == 0:
                accounts.layouts[unit.source.name] = shard.record.layout
                if layout_found is not None:
                    layout_found(unit.source, shard.record.layout)
            if not shard.kept and accounts.shards_kept == accounts.shards:
                remove(folder.beside("manifest.json"))  # until the folder is complete again
            _take(shard, accounts, rows_before)
            if shard.record.rejected:
                path = inside(folder.path, shard.record.rejects_file)
                for part in read_rejects(path, rows_before=rows_before):
                    rejected.write(part.rejects)
                    accounts.add(part)
            records.append(shard.record)
        accounts.check()
    accounts.outputs = {output: accounts.written}
    accounts.rejects_path = rejects_path if rejected.opened else None
    if not rejected.opened:
        remove(rejects_path)
    with atomic_output(folder.beside("manifest.json")) as stream:
        text = json.dumps(_manifest(plan, sources, run, records, accounts, rejected), indent=1)
        stream.write(text.encode() + b"\n")


def _opened(
    task: Callable[[Unit], WrittenShard | FtdataError], work: Work, folder: str
) -> AbstractContextManager[Pool[WrittenShard | FtdataError]]:
    engine = engine_named(work.choice.name)
    return engine.open_pool(task, work, folder) if engine.takes(work) else nullcontext(_Here(task))


@dataclass(frozen=True)
class _Here:
    """A pool that is this process."""

    task: Callable[[Unit], WrittenShard | FtdataError]
    size: int = 1

    def run(
        self, units: Iterator[Unit], *, has_room: Callable[[], bool] = lambda: True
    ) -> Iterator[tuple[Unit, WrittenShard | FtdataError]]:
        return ((unit, self.task(unit)) for unit in units if has_room())


def _counting(
    folder: ShardFolder, made: Iterator[tuple[Unit, WrittenShard]]
) -> Iterator[tuple[Unit, WrittenShard, int]]:
    """Adds the rows of its source that stand before each unit; a unit behind the end is emptied."""
    rows_before = 0
    ended = False
    for unit, shard in made:
        if unit.index == 0:
            rows_before, ended = 0, False
        if ended:
            shard = WrittenShard(emptied(folder, shard.record), shard.kept)
        yield unit, shard, rows_before
        rows_before += shard.record.line_count
        ended = ended or shard.record.ends_source


def _take(shard: WrittenShard, accounts: ConversionAccounts, rows_before: int) -> None:
    """Adds all but the rejects. `rows_before`: of its source, before the rows of the shard."""
    record = shard.record
    rest = Converted(rows_read=record.rows + record.dropped, dropped=record.dropped)
    rest.reasons.update(record.reasons)
    rest.not_carried.update(record.not_carried)
    rest.notes.update(record.notes)
    rest.losses.add(LossTally.from_json(record.losses), rows_before=rows_before)
    accounts.add(rest)
    accounts.written += record.rows
    accounts.shards += 1
    accounts.shards_kept += shard.kept


def _manifest(
    plan: ConvertPlan,
    sources: Sequence[Source],
    run: str,
    records: Sequence[ShardRecord],
    accounts: ConversionAccounts,
    rejects: LinesFile,
) -> dict[str, Any]:
    """The shape of schemas/output/manifest.json."""
    return {
        "version": 1,
        "ftdata": __version__,
        "run": run,
        "target": plan.target,
        "sources": [{"name": each.name, "bytes": byte_count_of(each.path)} for each in sources],
        "rows": accounts.rows_json(),
        "rejects": {"rows": rejects.rows, "bytes": rejects.byte_count, "sha256": rejects.sha256}
        if rejects.opened
        else None,
        "losses": accounts.losses.to_json(),
        "shards": [
            {
                "file": record.file,
                "rows": record.rows,
                "bytes": record.bytes,
                "sha256": record.sha256,
                "source": record.source,
                "start": record.start,
                "end": record.end,
            }
            for record in records
        ],
    }
