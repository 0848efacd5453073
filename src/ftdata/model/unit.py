"""A piece of work that one process does alone: a source, or the lines of it that begin in some bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ftdata.model.source import Source


@dataclass(frozen=True)
class Unit:
    """Lines of a source: those whose first byte is at or after `start` and before `end`.

    The units of a source touch each other, the first starts at 0 and the last has no end: each line
    belongs to exactly one of them. Lines are numbered from 1 in each unit. Of a Parquet file, its row
    groups are dealt out in the same way. `index` is the unit's place among those of its source.
    """

    source: Source
    index: int = 0
    start: int = 0
    end: int | None = None  # None: to the end of the source

    @property
    def is_whole(self) -> bool:
        """True where the unit is its source."""
        return self.start == 0 and self.end is None

    def to_json(self) -> dict[str, Any]:
        """Gives plain values; `Unit.from_json` reads them back."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Unit:
        """Reads what `to_json` gave."""
        return cls(**{**value, "source": Source(**value["source"])})
