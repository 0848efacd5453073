"""Tells paths from data in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from ftdata.engines.engine import LOCAL, THIS_PROCESS, EngineChoice
from ftdata.engines.pools.registry import engine_named
from ftdata.errors import UsageError
from ftdata.model import ReadOptions, Source
from ftdata.readers.registry import reader_named
from ftdata.readers.sources import find_sources

#: Told about each source before its first row: the source, and a sentence on how it is read.
Announce = Callable[[Source, str], None]


def engine_choice(engine: str, workers: int | None, ray_address: str | None) -> EngineChoice:
    """Gives what the caller asks for. Raises UnknownName, and UsageError for an address of nothing."""
    engine_named(engine)
    if ray_address is not None and engine == LOCAL:
        raise UsageError("--ray-address is of no use without --engine ray")
    return EngineChoice(engine, workers, ray_address)


def sources_in(
    data: Any, reading: ReadOptions, choice: EngineChoice = THIS_PROCESS
) -> list[Source] | None:
    """Gives the sources that `data` names, or None where it is the data itself.

    Raises UnreadableSource for a path that does not exist, and UsageError where an engine that reads files
    itself is asked to take rows from memory.
    """
    paths = _paths(data)
    if paths is not None:
        return find_sources(paths, reading)
    if choice.name != LOCAL:
        raise UsageError(f"--engine {choice.name} reads files; rows in memory are of this process")
    return None


def announce_source(source: Source, reading: ReadOptions, announce: Announce | None) -> None:
    """Says what the reader decided by itself, where somebody listens."""
    if announce is None:
        return
    describe = reader_named(source.container).describe
    text = describe(source, reading) if describe is not None else None
    if text:
        announce(source, f"read as {source.container}: {text}")


def _paths(data: Any) -> list[str] | None:
    if isinstance(data, (str, os.PathLike)):
        return [os.fspath(data)]
    if (
        isinstance(data, Sequence)
        and data
        and all(isinstance(path, (str, os.PathLike)) for path in data)
    ):
        return [os.fspath(path) for path in data]
    return None
