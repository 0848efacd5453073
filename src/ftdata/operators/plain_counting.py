"""Counts the rows that were certified with the least of looks: those of roles and texts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from ftdata.model import Report, ValidatePlan
from ftdata.tokens.counter import counter, total_counter
from ftdata.tokens.plain_rows import plain_length, plain_tokens
from ftdata.tokens.tally import tally_length, tally_whole_rows


class PlainCounting:
    """Adds such rows to the tallies of a report. `roles`: the role of each class of turns."""

    def __init__(self, plan: ValidatePlan, roles: Mapping[type, str]) -> None:
        self._counts = plan.counts
        self._lengths = plan.lengths
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
        if self._lengths:
            for encoding in sums:
                self._add_lengths(rows, encoding, report)

    def _add_lengths(self, rows: Sequence[Sequence[Any]], encoding: str, report: Report) -> None:
        count = counter(encoding)
        lengths = report.tokens.setdefault(f"{encoding}:lengths", Counter())
        for turns in rows:
            said = ((self._roles[type(turn)], turn.content) for turn in turns)
            tally_length(lengths, plain_length(said, count))
