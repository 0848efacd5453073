"""tiktoken's encodings, offline: from rank files that are already on this machine.

A rank file counts only if it has the sha256 that tiktoken pins. Nothing is ever downloaded, and
tiktoken's registry and environment are left as they are.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import os
import tempfile
import zlib
from binascii import a2b_base64
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ftdata.catalog.encoding_catalog import EncodingFacts, encoding_facts, encoding_names
from ftdata.errors import VocabularyUnavailable

if TYPE_CHECKING:
    import tiktoken

_LOADING = Lock()


def load_encoding(name: str) -> tiktoken.Encoding:
    """Gives tiktoken's encoding `name`, loaded once in a process (about 0.2 s of CPU time).

    Raises UnknownName for an encoding outside the catalog, VocabularyUnavailable if no file on this
    machine holds its ranks.
    """
    with _LOADING:  # two threads would otherwise both load
        return _load(name)


def export(folder: str | Path) -> list[Path]:
    """Writes every rank file under the name that tiktoken looks for in TIKTOKEN_CACHE_DIR.

    Gives the paths. Raises VocabularyUnavailable if one of them is not on this machine.
    """
    written = []
    for facts in map(encoding_facts, encoding_names()):
        path = Path(folder) / facts.cache_name
        part = path.with_name(f"{path.name}.part")
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(rank_bytes(facts))
        part.replace(path)
        written.append(path)
    return written


def rank_bytes(facts: EncodingFacts) -> bytes:
    """Gives the rank file of an encoding, checked; raises VocabularyUnavailable."""
    searched = []
    for path in _places(facts):
        searched.append(str(path))
        content = _read(path, facts.byte_count)
        if content is not None and hashlib.sha256(content).hexdigest() == facts.sha256:
            return content
    raise VocabularyUnavailable(facts.name, searched)


@lru_cache(maxsize=8)
def _load(name: str) -> tiktoken.Encoding:
    import tiktoken

    facts = encoding_facts(name)
    tokens = rank_bytes(facts).split()[::2]
    return tiktoken.Encoding(
        name,
        pat_str=facts.pattern,
        # The file with the pinned hash counts its ranks from 0 without a gap.
        mergeable_ranks=dict(zip(map(a2b_base64, tokens), range(len(tokens)), strict=True)),
        special_tokens=dict(facts.special_tokens),
    )


def _places(facts: EncodingFacts) -> Iterator[Path]:
    for variable in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        folder = os.environ.get(variable)
        if folder:
            yield Path(folder) / facts.cache_name
    for carrier in facts.carriers:
        for folder in _package_folders(carrier.package):
            yield Path(folder) / carrier.path.replace("{cache_name}", facts.cache_name)
    # Where tiktoken itself keeps what it once downloaded.
    yield Path(tempfile.gettempdir()) / "data-gym-cache" / facts.cache_name


def _package_folders(package: str) -> list[str]:
    """Where a top-level package is installed; it is not imported. Several for a namespace package."""
    spec = importlib.util.find_spec(package)
    return list(spec.submodule_search_locations or ()) if spec else []


def _read(path: Path, byte_count: int) -> bytes | None:
    """The content, if it has the expected size; never more of it is read or unpacked."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content: bytes = file.read(byte_count + 1)
    except (OSError, EOFError, zlib.error):
        return None
    return content if len(content) == byte_count else None
