"""Tells URIs from local paths, by their text alone, and writes them as they may be shown."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

# Two letters at least: C:// is a drive of Windows.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_PASSWORD = re.compile(r"(://[^/@:]*):[^/@]*@")
_FILE = "file"


def scheme_of(path: str) -> str | None:
    """What stands before `://`, in small letters; None for a local path."""
    found = _SCHEME.match(path)
    return found[1].lower() if found else None


def is_remote(path: str) -> bool:
    """True for a URI of anything but a local file."""
    return scheme_of(path) not in (None, _FILE)


def local_path(path: str) -> str:
    """The path that a `file://` URI means; any other path as it is."""
    if scheme_of(path) != _FILE:
        return path
    place = path[len(_FILE) + len("://") :]
    place = unquote(place.removeprefix("localhost") if place.startswith("localhost/") else place)
    is_drive = os.name == "nt" and re.match(r"/[A-Za-z]:", place)
    return place[1:] if is_drive else place


def file_uri(path: str) -> str:
    """The `file://` URI of a local path."""
    return Path(path).absolute().as_uri()


def shown(path: str) -> str:
    """A path as it may stand in messages: without the password or the signature that a URI may hold."""
    if not is_remote(path):
        return path
    place, mark, query = _PASSWORD.sub(r"\1:***@", path).partition("?")
    secret = mark and not query.startswith("versionId=")
    return f"{place}?***" if secret and "=" in query else place + mark + query


def inside(folder: str, name: str) -> str:
    """The path of a file in a folder."""
    if scheme_of(folder) is None:
        return os.path.join(folder, name)  # noqa: PTH118 - keeps the user's spelling
    return f"{folder if folder.endswith('://') else folder.rstrip('/') + '/'}{name}"


def beside(path: str, name: str) -> str:
    """The path of another file in the folder of a file."""
    if scheme_of(path) is None:
        return str(Path(path).with_name(name))
    return path[: path.rindex("/") + 1] + name
