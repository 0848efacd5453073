"""Files behind URIs, by fsspec.

No file system is kept here: fsspec keeps one for each process, and makes a new one after a fork. What it
remembers of listings is forgotten before anything is asked, because others write there, too.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from ftdata.errors import MissingExtra, UnreadableSource
from ftdata.storage.addresses import inside, scheme_of, shown
from ftdata.storage.local import Kind
from ftdata.storage.remote_errors import is_lost_connection, reason_of, told_as_unreadable

#: The extra that brings what a scheme needs.
EXTRAS = {
    "s3": "s3",
    "s3a": "s3",
    "gs": "gcs",
    "gcs": "gcs",
    "hf": "hf",
    "az": "azure",
    "abfs": "azure",
    "abfss": "azure",
}
_OTHERS = ("file", "memory", "https")
#: Those who speak to stores, and log each failed try with its traceback.
_LOGGERS = ("fsspec", "s3fs", "gcsfs", "adlfs", "azure", "botocore", "aiobotocore", "aiohttp")

_sizes: dict[str, int] = {}  # as they were seen last


def file_system(uri: str) -> tuple[Any, str]:
    """The fsspec file system of a URI, and the path in it.

    Raises MissingExtra and UnreadableSource, which names the known schemes for one that is not.
    """
    scheme = scheme_of(uri) or ""
    known: set[str] = set()
    with suppress(ImportError):
        import fsspec

        known = {*fsspec.available_protocols(), *fsspec.registry}
    if scheme not in known:
        raise _unknown(uri, scheme, known)
    _hush()
    with told_as_unreadable(uri):
        try:
            found: tuple[Any, str] = fsspec.core.url_to_fs(uri)
        except ImportError as error:
            if scheme in EXTRAS:
                raise MissingExtra(f"{scheme}://", EXTRAS[scheme]) from error
            raise UnreadableSource(shown(uri), f"{scheme}:// needs a package: {error}") from error
    return found


@lru_cache(maxsize=1)
def _hush() -> None:
    """Where nobody set up logging, Python would print what these log; what is wrong is raised anyway."""
    import logging

    for name in _LOGGERS:
        logging.getLogger(name).addHandler(logging.NullHandler())


def _unknown(uri: str, scheme: str, known: set[str]) -> Exception:
    if scheme in EXTRAS:
        return MissingExtra(f"{scheme}://", EXTRAS[scheme])
    near = get_close_matches(scheme, {*known, *EXTRAS, *_OTHERS}, n=1)
    hint = f"did you mean {near[0]}://? " if near else ""
    more = "" if known else "; pip install 'ftdata[remote]' for more"
    names = ", ".join(f"{name}://" for name in (*EXTRAS, *_OTHERS))
    return UnreadableSource(shown(uri), f"unknown scheme {scheme}://; {hint}known: {names}{more}")


def info_of(uri: str) -> Mapping[str, Any]:
    """What the store says of a file or folder now. Raises FileNotFoundError where nothing is."""
    fs, path = file_system(uri)
    with told_as_unreadable(uri, but=(FileNotFoundError,)):
        fs.invalidate_cache(path)
        info: Mapping[str, Any] = fs.info(path)
    if info.get("size") is not None:
        _sizes[uri] = info["size"]
    return info


def size_of(uri: str, name: str) -> int:
    """The size of a file now. `name`: how errors call it."""
    try:
        info = info_of(uri)
    except FileNotFoundError as error:
        raise UnreadableSource(name, _nothing(error)) from error
    if info["type"] == "directory":
        raise UnreadableSource(name, "it is a folder")
    if info.get("size") is None:
        raise UnreadableSource(name, "the store does not say how large it is; download it first")
    return int(info["size"])


def last_known_size(uri: str) -> int:
    """The size of a file as it was seen last in this process; asked for only where it was not."""
    return _sizes[uri] if uri in _sizes else size_of(uri, shown(uri))


def kind_of(uri: str) -> Kind | None:
    """What a URI leads to; None where nothing is."""
    try:
        return "folder" if info_of(uri)["type"] == "directory" else "file"
    except FileNotFoundError:
        return None


def state_of(uri: str) -> Hashable:
    """A value that changes when the file does; None where there is none."""
    try:
        return repr(sorted(info_of(uri).items()))
    except FileNotFoundError:
        return None


def why_missing(uri: str) -> str:
    """Says that nothing is there, or not even its bucket."""
    try:
        info_of(uri)
    except FileNotFoundError as error:
        return _nothing(error)
    return "it was not there a moment ago"


def _nothing(error: FileNotFoundError) -> str:
    if is_lost_connection(error.__cause__):  # that of a web address
        return reason_of(error.__cause__ or error)
    if re.search(r"(bucket|container|repository) .*\bnot\b", str(error), re.IGNORECASE):
        return f"it is not there ({error})"
    return "there is no such file or folder"


def files_below(folder: str) -> list[str]:
    """The URIs of all files below a folder, sorted, without hidden ones."""
    fs, path = file_system(folder)
    with told_as_unreadable(folder, "cannot be listed"):
        fs.invalidate_cache(path)
        found = fs.find(path, detail=True)
    return sorted(_uris(folder, path, found.values()))


def matches(pattern: str) -> list[str]:
    """The files that a glob matches, and those below the folders that it matches, in order."""
    pattern = pattern.rstrip("/")
    fs, path = file_system(pattern)
    with told_as_unreadable(pattern, "cannot be listed"):
        fs.invalidate_cache(path)
        found = fs.glob(path, detail=True)
    start = re.split(r"[*?[]", pattern, maxsplit=1)[0]
    root = start[: start.rindex("/") + 1]
    base = path[: len(path) - len(pattern) + len(root)]
    folders = [info for info in found.values() if info["type"] == "directory"]
    files = _uris(root, base, (info for info in found.values() if info["type"] != "directory"))
    if "**" not in pattern:  # it matches the files below the folders by itself
        for folder in _uris(root, base, folders):
            files += files_below(folder)
    return sorted(files)


def _uris(root: str, base: str, infos: Iterable[Mapping[str, Any]]) -> list[str]:
    """URIs of what is below `root`, which is `base` in its file system, without what is hidden."""
    uris: list[str] = []
    for info in infos:
        below = info["name"][len(base) :].strip("/")
        if below and not any(part.startswith(".") for part in below.split("/")):
            uris.append(inside(root, below))
    return uris


def names_in(folder: str) -> list[str]:
    """The names of the files in a folder, sorted; none where there is no such folder."""
    fs, path = file_system(folder)
    with told_as_unreadable(folder, "cannot be listed"):
        fs.invalidate_cache(path)
        try:
            found = fs.ls(path, detail=True)
        except FileNotFoundError:
            return []
    return sorted(info["name"].rpartition("/")[2] for info in found if info["type"] == "file")


def remove(uri: str) -> None:
    """Deletes a file, if it is there."""
    if kind_of(uri) != "file":
        return
    fs, path = file_system(uri)
    with told_as_unreadable(uri, "cannot be removed"):
        fs.rm_file(path)
        fs.invalidate_cache(path)
    _sizes.pop(uri, None)
