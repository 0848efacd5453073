"""What can be done with a path, whatever kind of place it names.

A path is a local path, a URI of any scheme that fsspec knows, or `-`, which is standard input or output.
Errors are UnreadableSource, with a reason that is fit for the user, and MissingExtra where the package
for a scheme is not installed.
"""

from __future__ import annotations

import io
import os
from collections.abc import Hashable
from pathlib import Path

from ftdata.storage import local, remote
from ftdata.storage.addresses import beside, file_uri, inside, is_remote, local_path, shown
from ftdata.storage.local import Kind
from ftdata.storage.remote_file import open_remote

__all__ = [
    "STANDARD_STREAM",
    "beside",
    "byte_count_of",
    "files_below",
    "identity_of",
    "inside",
    "is_pipe",
    "is_remote",
    "kind_of",
    "local_path",
    "matches",
    "names_in",
    "open_raw",
    "remove",
    "shown",
    "state_of",
    "why_missing",
]

STANDARD_STREAM = "-"


def is_pipe(path: str) -> bool:
    """True for standard input and for what is no regular file: it gives its bytes only once."""
    return path == STANDARD_STREAM or (not is_remote(path) and local.is_pipe(local_path(path)))


def byte_count_of(path: str) -> int:
    """The size of a file as it lies there, before any decompression; 0 for a pipe.

    For a remote file it may be the size that was seen last: good to plan with, not to read by.
    """
    if is_remote(path):
        return remote.last_known_size(path)
    return 0 if is_pipe(path) else Path(local_path(path)).stat().st_size


def kind_of(path: str) -> Kind | None:
    """What a path leads to; None where nothing is."""
    return remote.kind_of(path) if is_remote(path) else local.kind_of(local_path(path))


def identity_of(path: str) -> str:
    """The same for two spellings of one file."""
    is_local = path != STANDARD_STREAM and not is_remote(path)
    return os.path.abspath(local_path(path)) if is_local else path  # noqa: PTH100


def state_of(path: str) -> Hashable:
    """A value that changes when the file does."""
    return remote.state_of(path) if is_remote(path) else local.state_of(local_path(path))


def open_raw(
    path: str, name: str | None = None, *, start: int = 0, end: int | None = None
) -> io.RawIOBase:
    """Opens a file for reading from any place in it; it stands at `start`. `name`: how errors call it.

    `end`: how far it will be read, as far as is known. A remote file is asked for all of that at once.
    """
    if is_remote(path):
        return open_remote(path, name or shown(path), start=start, end=end)
    return local.open_raw(local_path(path), name or path, start)


def files_below(folder: str) -> list[str]:
    """The paths of all files below a folder, sorted, without hidden ones."""
    if is_remote(folder):
        return remote.files_below(folder)
    place = local_path(folder)
    files = local.files_below(place)
    return files if place == folder else [file_uri(file) for file in files]


def matches(pattern: str) -> list[str]:
    """The files that a glob matches, and those below the folders that it matches, in order."""
    if is_remote(pattern):
        return remote.matches(pattern)
    place = local_path(pattern)
    files = local.matches(place)
    return files if place == pattern else [file_uri(file) for file in files]


def names_in(folder: str) -> list[str]:
    """The names of the files in a folder, sorted; none where there is no such folder."""
    return remote.names_in(folder) if is_remote(folder) else local.names_in(local_path(folder))


def why_missing(path: str) -> str:
    """Says what of a path is not there."""
    return remote.why_missing(path) if is_remote(path) else local.why_missing(local_path(path))


def remove(path: str) -> None:
    """Deletes a file, if it is there."""
    if is_remote(path):
        remote.remove(path)
    else:
        Path(local_path(path)).unlink(missing_ok=True)
