"""Converts sources in several processes: each unit into a shard, the shards joined in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from ftdata.engines.cores import LEAST_BYTES, workers_for
from ftdata.engines.layout_choice import choose_layout
from ftdata.engines.local import Progress, check_carried, convert_source, head_of, read_unit
from ftdata.engines.ordering import InOrder
from ftdata.engines.quota import Quota
from ftdata.engines.shards import Shard, ShardWriter, read_shard
from ftdata.engines.units import UNIT_BYTES, unit_byte_count, units_of
from ftdata.engines.workers import WorkerPool
from ftdata.errors import FtdataError
from ftdata.model import Batch, ConvertPlan, ReadOptions, Source, Unit
from ftdata.operators.converting import Converted, conversion_of
from ftdata.readers.registry import reader_named
from ftdata.storage.output import folder_beside

#: Gives the layout of a source and its converted parts; to be asked for the sources in their order.
ConvertOne = Callable[[Source], tuple[str | None, Iterator[Converted]]]

_WAITING_A_WORKER = 16  # shards on disk that wait for an earlier one


@contextmanager
def conversion_of_sources(
    plan: ConvertPlan,
    sources: Sequence[Source],
    options: ReadOptions,
    quota: Quota,
    *,
    output: str | None,
    workers: int | None = 1,
    progress: Progress | None = None,
    unit_bytes: int = UNIT_BYTES,
    least_bytes: int = LEAST_BYTES,
) -> Iterator[ConvertOne]:
    """Gives what converts one source after the other, in this process or in several.

    `workers` None: one for each usable core. Whatever it is, and whatever `unit_bytes`, what comes out is the
    same. Work that is short, ends after a number of rows, or has no `output` is done in this process.
    """
    count = workers_for(sources, workers, unit_bytes=unit_bytes, least_bytes=least_bytes)
    if count == 1 or quota.remaining is not None or output is None:
        yield lambda source: convert_source(plan, source, options, quota, progress=progress)
        return
    with ExitStack() as stack:
        folder = stack.enter_context(folder_beside(output))
        task = partial(convert_unit, plan, options, folder)
        pool = stack.enter_context(WorkerPool(task, count))
        units = (unit for source in sources for unit in units_of(source, unit_bytes))
        room = count * _WAITING_A_WORKER
        shards = in_order(pool, units, room, progress)
        yield lambda _: joined(shards)


def convert_unit(
    plan: ConvertPlan, options: ReadOptions, folder: Path, unit: Unit
) -> Shard | FtdataError:
    """Converts one unit into two files of `folder`. An error is given back, to be raised in its turn."""
    name = f"{unit.source.index}-{unit.index}"
    writer = ShardWriter(folder / f"{name}.lines", folder / f"{name}.rejects")
    watched = _Watched(unit, options)
    try:
        if unit.is_whole:
            layout, parts = convert_source(plan, unit.source, options, Quota())
        else:
            layout = _layout_of(plan, unit.source, options)
            conversion = conversion_of(replace(plan, layout=layout or "chat"))
            if unit.index == 0:
                batches = reader_named(unit.source.container).read(unit.source, options)
                for first in islice(batches, 1):  # a table may have no rows
                    check_carried(conversion.convert(first), unit.source.name, plan.target)
            parts = map(conversion.convert, watched)
        writer.write(parts)
    except FtdataError as error:
        return error
    return Shard(
        writer.lines, writer.rejects, writer.rest, layout, watched.line_count, watched.ends_source
    )


@lru_cache(maxsize=64)
def _layout_of(plan: ConvertPlan, source: Source, options: ReadOptions) -> str | None:
    """Every worker looks at the head of a source by itself, and decides alike."""
    reader = reader_named(source.container)
    return choose_layout(plan, source.name, reader.kind, head_of(reader.read(source, options)))


class _Watched:
    """The batches of a unit; knows at the end how many lines they were."""

    def __init__(self, unit: Unit, options: ReadOptions) -> None:
        self._unit = unit
        self._options = options
        self.line_count = 0
        self.ends_source = False

    def __iter__(self) -> Iterator[Batch]:
        for batch in read_unit(self._unit, self._options):
            yield batch
            self.line_count = batch.last_number
            self.ends_source = batch.ends_source


def in_order(
    pool: WorkerPool[Shard | FtdataError],
    units: Iterator[Unit],
    room: int,
    progress: Progress | None,
) -> Iterator[tuple[Unit, Shard]]:
    """All units with their shards, in the order of the units."""
    places: dict[Unit, int] = {}
    waiting: InOrder[tuple[Unit, Shard | FtdataError]] = InOrder()

    def numbered() -> Iterator[Unit]:
        for place, unit in enumerate(units):
            places[unit] = place
            yield unit

    for done, result in pool.run(numbered(), has_room=lambda: len(waiting) < room):
        if progress is not None:
            progress(done.source, unit_byte_count(done))
        for unit, shard in waiting.put(places.pop(done), (done, result)):
            if isinstance(shard, FtdataError):
                raise shard
            yield unit, shard


def joined(shards: Iterator[tuple[Unit, Shard]]) -> tuple[str | None, Iterator[Converted]]:
    """The layout and the parts of the source whose first shard is the next."""
    unit, shard = next(shards)
    return shard.layout, _parts(unit, shard, shards)


def _parts(unit: Unit, shard: Shard, shards: Iterator[tuple[Unit, Shard]]) -> Iterator[Converted]:
    rows_before = 0
    ended = False
    while True:
        if not ended:
            yield from read_shard(shard, rows_before=rows_before)
        shard.remove()
        rows_before += shard.line_count
        ended = ended or shard.ends_source
        if unit.end is None:
            return
        unit, shard = next(shards)
