"""Finds the readers: the modules beside this one that have a `READER`, and those that plug in."""

from __future__ import annotations

from functools import lru_cache

from ftdata.discovery import modules_with
from ftdata.errors import UnknownName
from ftdata.model import Reader


@lru_cache(maxsize=1)
def all_readers() -> tuple[Reader, ...]:
    """Every reader, in order of the names of their modules, plug-ins last."""
    return tuple(module.READER for module in modules_with("ftdata.readers", "READER"))


def reader_named(name: str) -> Reader:
    """Gives the reader of a container. Raises UnknownName if there is none."""
    readers = {reader.name: reader for reader in all_readers()}
    if name not in readers:
        raise UnknownName("container", name, readers)
    return readers[name]


def container_of_suffix(suffix: str) -> str | None:
    """Gives the name of the reader that claims a suffix such as ".csv"; None if none does."""
    for reader in all_readers():
        if suffix.lower() in reader.suffixes:
            return reader.name
    return None
