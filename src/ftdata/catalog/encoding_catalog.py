"""The encodings that turn text into tokens, as far as they are facts: pattern, pins, carriers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ftdata.catalog.catalog_file import catalog_names, read_catalog_file


@dataclass(frozen=True)
class Carrier:
    """A package that ships the rank file, and the file's path below the package's folder."""

    package: str
    path: str


@dataclass(frozen=True)
class EncodingFacts:
    """What tiktoken's own definition of an encoding says, and where its rank file is found.

    The rank file holds one line a token, "base64 rank", ranks counted from 0 without a gap.
    """

    name: str
    title: str
    source: str
    checked: date
    url: str
    sha256: str
    byte_count: int
    pattern: str
    special_tokens: Mapping[str, int]
    carriers: tuple[Carrier, ...]

    @property
    def cache_name(self) -> str:
        """The name that tiktoken gives the rank file in its cache folder: the sha1 of the url."""
        return hashlib.sha1(self.url.encode(), usedforsecurity=False).hexdigest()


def encoding_names() -> list[str]:
    """The encodings whose tokens can be counted."""
    return catalog_names("encodings")


@lru_cache(maxsize=16)
def encoding_facts(name: str) -> EncodingFacts:
    """Reads one encoding; raises UnknownName."""
    table = read_catalog_file("encodings", name, kind="encoding")
    carriers = tuple(Carrier(**carrier) for carrier in table.pop("carriers"))
    pattern = "|".join(table.pop("pattern"))
    return EncodingFacts(**table, pattern=pattern, carriers=carriers)
