"""Counts the rows that were certified with the least of looks: those of roles and texts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from ftdata.model import Report
from ftdata.tokens.counter import counter, total_counter
from ftdata.tokens.plain_rows import plain_tokens
from ftdata.tokens.tally import tally_whole_rows


class PlainCounting:
    """Adds such rows to the tallies of a report. `roles`: the role of each class of turns."""

    def __init__(self, counts: Sequence[tuple[str, int | None]], roles: Mapping[type, str]) -> None:
        self._counts = counts
        self._roles = roles

    def add(self, rows: Sequence[Sequence[Any]], report: Report) -> None:
        """Takes the turns of rows, none of which has more tokens than any cap."""
        texts: dict[str, list[str]] = {role: [] for role in self._roles.values()}
        take = {made: texts[role].append for made, role in self._roles.items()}
        for turn in chain.from_iterable(rows):
            take[type(turn)](turn.content)
        sums = {
            encoding: plain_tokens(len(rows), texts, counter(encoding), total_counter(encoding))
            for encoding in dict.fromkeys(encoding for encoding, _ in self._counts)
        }
        for encoding, cap in self._counts:
            tally = report.tokens.setdefault(f"{encoding}:{cap or ''}", Counter())
            tally_whole_rows(tally, len(rows), sums[encoding])
