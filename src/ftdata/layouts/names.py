"""Finds the column that plays a role, whatever its case, spaces and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ftdata.layouts.cells import kind_of, listed
from ftdata.layouts.refusal import Refused

#: Where two spellings of a column's name may differ.
_IGNORED = str.maketrans("", "", " \t\n\r\ufeff_-.:?*#")


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """Gives the form in which names are compared: "Question_Text" is "questiontext"."""
    return unicodedata.normalize("NFKC", name).casefold().translate(_IGNORED)


def find_column(columns: Iterable[str], aliases: Iterable[str]) -> str | None:
    """Gives the column that bears the first of the aliases that any column bears."""
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(normal(str(column)), column)
    return next((by_name[alias] for alias in map(normal, aliases) if alias in by_name), None)


def find_key(
    record: Mapping[str, object], role: str, aliases: tuple[str, ...], chosen: Mapping[str, str]
) -> str | None:
    """Gives the key of `record` that plays `role`: the one that --map names, or the first alias.

    --map may use the role's own name or the layout's main name for the column. A column that was named
    but is not there gives None: no other column takes its place.
    """
    for name in (role, *aliases[:1]):
        if name in chosen:
            return chosen[name] if chosen[name] in record else None
    return find_column(record, aliases)


def lacks_keys(layout: str, missing: Iterable[str], record: object) -> Refused:
    """The refusal of a record that is not of the layout: which keys it needs, and which there are."""
    found = listed(record) if isinstance(record, dict) else [kind_of(record)]
    return Refused("lacks-layout-keys", layout=layout, missing=listed(missing), found=found)
