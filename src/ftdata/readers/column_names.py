"""Names for the columns of a table whose own names may be missing or stand twice."""

from __future__ import annotations

from collections.abc import Sequence


def unique_names(names: Sequence[str]) -> list[str]:
    """Gives each column a name of its own.

    An empty name becomes `column_3` (its place, from 1), a repeated one `title_2`; names that are
    already their own stay, whatever the others become.
    """
    taken = {name for name in names if name}
    seen: set[str] = set()
    unique = []
    for place, name in enumerate(names, 1):
        chosen = name or f"column_{place}"
        if chosen in seen or (not name and chosen in taken):
            chosen = _numbered(chosen, taken | seen)
        seen.add(chosen)
        unique.append(chosen)
    return unique


def numbered_names(count: int) -> list[str]:
    """Names for a table without a header: column_1, column_2, ..."""
    return [f"column_{place}" for place in range(1, count + 1)]


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"
