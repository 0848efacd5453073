"""Finds the files that the user means, and tells what each of them is."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from ftdata.errors import UnreadableSource
from ftdata.model import ReadOptions, Source
from ftdata.readers.blocks import read_head
from ftdata.readers.container_choice import claimed_container, container_of
from ftdata.readers.magic import compression_of
from ftdata.readers.opening import open_bytes
from ftdata.readers.registry import reader_named
from ftdata.storage.places import STANDARD_STREAM


def find_sources(paths: Sequence[str], options: ReadOptions) -> list[Source]:
    """Gives one source for each file: named, below a folder, matched by a glob, or "-" for stdin.

    Folders and globs give the files with a known suffix, in the order of their paths, without hidden
    ones; a glob that matches no known suffix gives all it matches. A file named twice is taken once.
    The head of each file is read, to tell its container and compression.
    Raises UnreadableSource for what is missing, empty of files or unknown, and UnknownName for a
    container that does not exist.
    """
    if options.container is not None:
        reader_named(options.container)
    files: dict[str, str] = {}
    for path in paths:
        for file in _files(path):
            files.setdefault(file if file == STANDARD_STREAM else os.path.abspath(file), file)  # noqa: PTH100
    return [_source(file, index, options) for index, file in enumerate(files.values())]


def _source(path: str, index: int, options: ReadOptions) -> Source:
    name = "<stdin>" if path == STANDARD_STREAM else path
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
    mode = _mode(path)
    if mode is None:
        if glob.has_magic(path):
            return _matches(path)
        raise UnreadableSource(path, _why_missing(path))
    if not stat.S_ISDIR(mode):
        return [path]
    files = sorted(_files_below(path))
    if not files:
        raise UnreadableSource(path, "the folder holds no file with a known suffix")
    return files


def _mode(path: str) -> int | None:
    try:
        return Path(path).stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        raise UnreadableSource(path, error.strerror or str(error)) from error


def _matches(pattern: str) -> list[str]:
    files: list[str] = []
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 keeps the user's spelling
        path = Path(match)
        if path.is_dir():
            files += sorted(_files_below(match))
        else:
            files.append(match)
    known = [file for file in files if claimed_container(file)]
    if not files:
        raise UnreadableSource(pattern, "no file matches this pattern")
    return known or files


def _files_below(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and claimed_container(name):
                yield str(Path(place, name))


def _why_missing(path: str) -> str:
    if "://" in path:
        return "remote sources are not read; download it first"
    parent = Path(path).parent
    if not parent.is_dir():
        return f"there is no folder {parent}"
    near = get_close_matches(Path(path).name, (entry.name for entry in parent.iterdir()), n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"there is no such file or folder{hint}"
