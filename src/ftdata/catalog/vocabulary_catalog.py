"""How many tokens other vocabularies make of a text, as measured against o200k_base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ftdata.catalog.catalog_file import catalog_names, facts_in, read_catalog_file
from ftdata.model import Fact

#: What stands for every vocabulary that was not measured: the ends of all that were.
_ANY = "any"


@dataclass(frozen=True)
class Vocabulary:
    """`ratios` by the kind of text (see `model.SCRIPTS`): low, expected and high, as text."""

    name: str
    title: str
    models: tuple[str, ...]
    ratios: Mapping[str, Fact]

    @property
    def is_measured(self) -> bool:
        """False for the one that stands for all others."""
        return self.name != _ANY


def vocabulary_names() -> list[str]:
    """Those that are in the catalog, the one for all others among them."""
    return catalog_names("vocabularies")


def vocabulary_for(model: str) -> Vocabulary:
    """Gives that of a model, by the beginning of its name, or else the one for all others."""
    for name in vocabulary_names():
        found = load_vocabulary(name)
        if model.casefold().startswith(tuple(map(str.casefold, found.models))):
            return found
    return load_vocabulary(_ANY)


@lru_cache(maxsize=16)
def load_vocabulary(name: str) -> Vocabulary:
    """Reads one; raises UnknownName."""
    table = read_catalog_file("vocabularies", name, kind="vocabulary")
    return Vocabulary(
        table["name"], table["title"], tuple(table["models"]), facts_in(table["facts"])
    )
