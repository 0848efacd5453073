"""Files of this machine."""

from __future__ import annotations

import glob
import io
import os
import stat
from collections.abc import Hashable
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from ftdata.errors import UnreadableSource

#: What a path leads to; what is no folder is read as a file.
Kind = Literal["file", "folder"]


def is_pipe(path: str) -> bool:
    """True for what is there and is no regular file: it gives its bytes only once."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def kind_of(path: str) -> Kind | None:
    """What a path leads to; None where nothing is. Raises UnreadableSource where that cannot be told."""
    try:
        mode = Path(path).stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        raise UnreadableSource(path, error.strerror or str(error)) from error
    return "folder" if stat.S_ISDIR(mode) else "file"


def state_of(path: str) -> Hashable:
    """A value that changes when the file does; None where there is none."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return (found.st_size, found.st_mtime_ns)


def open_raw(path: str, name: str, start: int) -> io.RawIOBase:
    """Opens a file for reading, at a byte. `name`: how errors call it."""
    try:
        file = io.FileIO(path)
        if start:
            file.seek(start)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableSource(name, reason) from error
    return file


def files_below(folder: str) -> list[str]:
    """The paths of all files below a folder, sorted, without hidden ones."""
    files: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += (str(Path(place, name)) for name in names if not name.startswith("."))
    return sorted(files)


def matches(pattern: str) -> list[str]:
    """The files that a glob matches, and those below the folders that it matches, in order."""
    files: list[str] = []
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 keeps the user's spelling
        files += files_below(match) if Path(match).is_dir() else [match]
    return files


def names_in(folder: str) -> list[str]:
    """The names of the files in a folder, sorted; none where there is no such folder."""
    place = Path(folder)
    return sorted(file.name for file in place.iterdir() if file.is_file()) if place.is_dir() else []


def why_missing(path: str) -> str:
    """Says what is not there: the folder, or the file; and which names are near."""
    parent = Path(path).parent
    if not parent.is_dir():
        return f"there is no folder {parent}"
    near = get_close_matches(Path(path).name, (entry.name for entry in parent.iterdir()), n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"there is no such file or folder{hint}"
