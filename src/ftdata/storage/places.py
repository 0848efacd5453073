"""What can be done with a path, whatever kind of place it names.

`-` is standard input or output. Errors are UnreadableSource, with a reason that is fit for the user.
"""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

from ftdata.errors import UnreadableSource

STANDARD_STREAM = "-"


def is_pipe(path: str) -> bool:
    """True for standard input and for what is no regular file: it gives its bytes only once."""
    if path == STANDARD_STREAM:
        return True
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def byte_count_of(path: str) -> int:
    """The size of a file as it lies there, before any decompression; 0 for a pipe."""
    return 0 if is_pipe(path) else Path(path).stat().st_size


def open_raw(path: str, name: str | None = None) -> io.RawIOBase:
    """Opens a file for reading from any place in it. `name`: how errors call it."""
    try:
        return io.FileIO(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableSource(name or path, reason) from error


def inside(folder: str, name: str) -> str:
    """The path of a file in a folder."""
    return os.path.join(folder, name)  # noqa: PTH118 - a URI is no Path


def names_in(folder: str) -> list[str]:
    """The names of the files in a folder, sorted; none where there is no such folder."""
    place = Path(folder)
    return sorted(file.name for file in place.iterdir() if file.is_file()) if place.is_dir() else []


def remove(path: str) -> None:
    """Deletes a file, if it is there."""
    Path(path).unlink(missing_ok=True)
