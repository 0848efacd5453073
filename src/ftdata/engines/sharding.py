"""Converts sources on any engine: each unit into a shard, the shards joined in order."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from typing import TypeVar

from ftdata.engines.cores import LEAST_BYTES
from ftdata.engines.engine import THIS_PROCESS, EngineChoice, Pool, Work
from ftdata.engines.layout_choice import choose_layout
from ftdata.engines.local import Progress, check_carried, convert_source, head_of, read_unit
from ftdata.engines.ordering import InOrder
from ftdata.engines.pools.registry import engine_named
from ftdata.engines.quota import Quota
from ftdata.engines.shards import Shard, ShardWriter, read_shard
from ftdata.engines.units import UNIT_BYTES, unit_byte_count
from ftdata.errors import FtdataError
from ftdata.model import Batch, ConvertPlan, ReadOptions, Source, Unit
from ftdata.operators.converting import Converted, conversion_of
from ftdata.readers.registry import reader_named
from ftdata.storage.output import folder_beside
from ftdata.storage.places import beside, inside, is_remote, names_in, remove

_Made = TypeVar("_Made")

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
    choice: EngineChoice = THIS_PROCESS,
    progress: Progress | None = None,
    unit_bytes: int = UNIT_BYTES,
    least_bytes: int = LEAST_BYTES,
) -> Iterator[ConvertOne]:
    """Gives what converts one source after the other, in this process or on an engine.

    Whatever the engine, the number of workers and `unit_bytes`, what comes out is the same. The local engine
    does in this process what is short, ends after a number of rows, or has no `output`.
    """
    alone = _why_alone(quota, output)
    work = Work(sources, choice, unit_bytes, least_bytes, alone)
    engine = engine_named(choice.name)
    if not engine.takes(work):
        yield lambda source: convert_source(plan, source, options, quota, progress=progress)
        return
    with ExitStack() as stack:
        folder = stack.enter_context(_shard_folder(output or "-", choice))
        task = partial(convert_unit, plan, options, folder)
        pool = stack.enter_context(engine.open_pool(task, work, folder))
        shards = in_order(pool, work.units(), pool.size * _WAITING_A_WORKER, progress)
        yield lambda _: joined(shards)


@contextmanager
def _shard_folder(output: str, choice: EngineChoice) -> Iterator[str]:
    """A hidden folder that all workers see, until the shards are joined."""
    if choice.address is None or not is_remote(output):
        with folder_beside(output) as place:
            yield str(place)
        return
    name = output.rstrip("/").rpartition("/")[2]
    folder = beside(output, f".{name}.{secrets.token_hex(4)}.part")
    try:
        yield folder
    finally:
        for left in names_in(folder):
            remove(inside(folder, left))


def _why_alone(quota: Quota, output: str | None) -> str | None:
    if quota.remaining is not None:
        return "a limit of rows is counted from the start of the data"
    return "without an output the rows come back to this process" if output is None else None


def convert_unit(
    plan: ConvertPlan, options: ReadOptions, folder: str, unit: Unit
) -> Shard | FtdataError:
    """Converts one unit into files of `folder`. An error is given back, to be raised in its turn."""
    name = inside(folder, f"{unit.source.index}-{unit.index}")
    writer = ShardWriter(f"{name}.lines", f"{name}.rejects")
    try:
        converted = ConvertedUnit(plan, options, unit)
        _, rejects = writer.write(converted.parts)
    except FtdataError as error:
        return error
    return Shard(
        writer.lines_path,
        writer.rejects_path if rejects.opened else None,
        writer.rest,
        converted.layout,
        converted.watched.line_count,
        converted.watched.ends_source,
    )


class ConvertedUnit:
    """The layout and the converted parts of a unit; `watched` knows at their end what the unit was.

    Raises UsageError for a source that cannot be converted at all.
    """

    def __init__(self, plan: ConvertPlan, options: ReadOptions, unit: Unit) -> None:
        self.watched = _Watched(unit, options)
        self.layout: str | None
        self.parts: Iterator[Converted]
        if unit.is_whole:
            self.layout, self.parts = convert_source(plan, unit.source, options, Quota())
            return
        self.layout = _layout_of(plan, unit.source, options)
        conversion = conversion_of(replace(plan, layout=self.layout or "chat"))
        if unit.index == 0:
            batches = reader_named(unit.source.container).read(unit.source, options)
            for first in islice(batches, 1):
                check_carried(conversion.convert(first), unit.source.name, plan.target)
        self.parts = map(conversion.convert, self.watched)


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
    pool: Pool[_Made | FtdataError],
    units: Iterator[Unit],
    room: int,
    progress: Progress | None,
) -> Iterator[tuple[Unit, _Made]]:
    """All units with what was made of them, in the order of the units. Raises an error in its turn."""
    places: dict[Unit, int] = {}
    waiting: InOrder[tuple[Unit, _Made | FtdataError]] = InOrder()

    def numbered() -> Iterator[Unit]:
        for place, unit in enumerate(units):
            places[unit] = place
            yield unit

    for done, result in pool.run(numbered(), has_room=lambda: len(waiting) < room):
        if progress is not None:
            progress(done.source, unit_byte_count(done))
        for unit, made in waiting.put(places.pop(done), (done, result)):
            if isinstance(made, FtdataError):
                raise made
            yield unit, made


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
