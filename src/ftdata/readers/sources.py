"""Finds the files that the user means, and tells what each of them is."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from dataclasses import replace

from ftdata.errors import UnreadableSource, UsageError
from ftdata.model import ReadOptions, Source
from ftdata.readers.blocks import read_head
from ftdata.readers.container_choice import claimed_container, container_of
from ftdata.readers.magic import compression_of
from ftdata.readers.opening import open_bytes
from ftdata.readers.registry import reader_named
from ftdata.storage.places import (
    STANDARD_STREAM,
    files_below,
    identity_of,
    kind_of,
    matches,
    shown,
    why_missing,
)


def find_sources(paths: Sequence[str], options: ReadOptions) -> list[Source]:
    """Gives one source for each file: named, below a folder, matched by a glob, or "-" for stdin.

    All but the last may be URIs. Folders and globs give the files with a known suffix, in the order of
    their paths, without hidden ones; a glob that matches no known suffix gives all it matches. A file
    named twice is taken once.
    The head of each file is read, to tell its container and compression.
    Raises UnreadableSource for what is missing, empty of files or unknown, and UnknownName for a
    container that does not exist.
    """
    if options.container is not None:
        reader_named(options.container)
    files: dict[str, str] = {}
    for path in paths:
        for file in _files(path):
            files.setdefault(identity_of(file), file)
    return [_source(file, index, options) for index, file in enumerate(files.values())]


def _source(path: str, index: int, options: ReadOptions) -> Source:
    name = "<stdin>" if path == STANDARD_STREAM else shown(path)
    source = Source(name, path, options.container or "", index=index)
    with open_bytes(source) as stream:
        head, whole = read_head(stream)
    compression = compression_of(head)
    if compression is not None:
        source = replace(source, compression=compression)
        with open_bytes(source) as stream:
            head, whole = read_head(stream)
        if not head and not whole:
            raise UnreadableSource(name, f"a damaged {compression} archive: nothing can be read")
    if options.container is not None:
        return source
    claimed = None if path == STANDARD_STREAM else claimed_container(path)
    return replace(source, container=container_of(name, claimed, head, whole=whole))


def _files(path: str) -> Sequence[str]:
    """Gives the files that one argument means; at least one."""
    if path == STANDARD_STREAM:
        return [path]
    if not path:
        raise UsageError("a source without a name: an empty text was given")
    kind = kind_of(path)
    if kind == "file":
        return [path]
    if kind == "folder":
        files = [file for file in files_below(path) if claimed_container(file)]
        if not files:
            raise UnreadableSource(shown(path), "the folder holds no file with a known suffix")
        return files
    if not glob.has_magic(path):
        raise UnreadableSource(shown(path), why_missing(path))
    files = matches(path)
    if not files:
        raise UnreadableSource(shown(path), "no file matches this pattern")
    return [file for file in files if claimed_container(file)] or files
