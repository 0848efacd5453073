"""How long rows are, in tokens: a histogram whose size does not grow with the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

#: Lengths below are exact; above, a bin is as wide as 1/128 of the power of two below it.
_EXACT = 256


def bin_of(length: int) -> int:
    """The shortest length of the bin that a length falls into."""
    shift = max(0, length.bit_length() - _EXACT.bit_length() + 1)
    return length >> shift << shift


def last_of(first: int) -> int:
    """The longest length of the bin that begins at `first`."""
    shift = max(0, first.bit_length() - _EXACT.bit_length() + 1)
    return first + (1 << shift) - 1


@dataclass(frozen=True)
class Lengths:
    """`rows` by the first length of their bin. Any length read from it is at most 1 % too long."""

    rows: Mapping[int, int]

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())

    @property
    def longest(self) -> int:
        """The end of the last bin; 0 without rows."""
        return last_of(max(self.rows)) if self.rows else 0

    def cumulative(self) -> Iterator[tuple[int, int]]:
        """Each bin's end, and how many rows are not longer."""
        seen = 0
        for first in sorted(self.rows):
            seen += self.rows[first]
            yield last_of(first), seen

    def quantile(self, share: float) -> int:
        """The length that so large a share of the rows, between 0 and 1, does not exceed."""
        needed = share * self.total
        return next((end for end, seen in self.cumulative() if seen >= needed), self.longest)

    def within(self, cap: int) -> int:
        """How many rows are for certain not longer than `cap`."""
        return max((seen for end, seen in self.cumulative() if end <= cap), default=0)

    def padded_tokens(self, batch: int, cap: int | None = None) -> int:
        """Tokens of one epoch if each row of a random batch is as long as the longest, cut at `cap`.

        The mean of the longest of `batch` rows, drawn with replacement, times the rows.
        """
        total = self.total
        mean = before = 0.0
        for end, seen in self.cumulative():
            share = (seen / total) ** batch
            mean += (share - before) * (end if cap is None else min(end, cap))
            before = share
        return round(mean * total)
