"""Tallies what is said of all records together: bytes, images, verdicts, where the target asks for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from ftdata.model import Facts, Fault, Limits, Report
from ftdata.operators.adding import Applies
from ftdata.operators.writing import to_json
from ftdata.rules.registry import rule_named

#: What the tallies of a report are about, before the colon: see `Report.tallies`.
VERDICTS: Final = "verdicts"
ROWS: Final = "rows"


class SetTallies:
    """What one target wants to know of the whole data set."""

    def __init__(self, limits: Limits, applies: Applies) -> None:
        self.images = applies(rule_named("too-many-examples-with-images"))
        self.verdict = limits.both_verdicts  # the key of a row that holds it
        self._bytes = applies(rule_named("too-few-tokens"))

    @property
    def any(self) -> bool:
        """True where something is tallied of records as they are read."""
        return self.images or self._bytes or self.verdict is not None

    def add_items(self, items: Iterable[object], report: Report) -> None:
        """Adds the bytes of lines, or of rows if they were lines."""
        if self._bytes:
            report.tallies[f"{ROWS}:bytes"] += sum(map(_size_of, items))

    def add_facts(self, facts: Facts, report: Report) -> None:
        """Adds what is known of the turns of a record."""
        if self.images and facts.images:
            report.tallies[f"{ROWS}:images"] += 1

    def add_valid(self, record: dict[str, Any], report: Report) -> None:
        """Adds the verdict of a record without an error; a pair, which has none, is one of each kind."""
        if self.verdict is not None:
            verdict = record.get(self.verdict)
            for kind in (True, False) if verdict is None else (bool(verdict),):
                report.tallies[f"{VERDICTS}:{str(kind).lower()}"] += 1


def _size_of(item: object) -> int:
    if isinstance(item, bytes):
        return len(item)
    return 0 if isinstance(item, Fault) else len(to_json(item))
