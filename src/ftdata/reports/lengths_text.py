"""How long rows are: a histogram for the terminal, with the share that each cap leaves whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ftdata.model import Lengths, last_of
from ftdata.reports.table import table

_WIDTH = 40
_EIGHTHS = " ▏▎▍▌▋▊▉"


def lengths_text(lengths: Lengths, caps: Mapping[str, int], *, encoding: str) -> str:
    """Gives the histogram. `caps`: tokens at which a row is cut, by the name of the model."""
    if not lengths.total:
        return "no rows to plot"
    lines = [_bars(lengths), _quantiles(lengths, encoding)]
    lines += [_cap_line(lengths, names, cap) for cap, names in _by_cap(caps)]
    return "\n".join(lines)


def halves(lengths: Lengths) -> list[tuple[int, int, int]]:
    """Gives (first, last, rows) of bins that are half a power of two wide, from the first that has rows."""
    rows: dict[int, int] = {}
    for first, number in lengths.rows.items():
        rows[_half_of(first)] = rows.get(_half_of(first), 0) + number
    found, first = [], min(rows)
    while first <= max(rows):
        following = _next_half(first)
        found.append((first, following - 1, rows.get(first, 0)))
        first = following
    return found


def _half_of(length: int) -> int:
    shift = max(0, length.bit_length() - 2)
    return length >> shift << shift


def _next_half(first: int) -> int:
    return first + (1 << max(0, first.bit_length() - 2))


def _bars(lengths: Lengths) -> str:
    bins = halves(lengths)
    most = max(rows for _, _, rows in bins)
    seen, table_rows = 0, []
    for first, last, rows in bins:
        seen += rows
        span = f"{first:,}" if first == last else f"{first:,}-{last:,}"
        table_rows.append((span, f"{rows:,}", f"{seen / lengths.total:.1%}", _bar(rows / most)))
    return table(("tokens", "rows", "so far", ""), table_rows, right=(0, 1, 2))


def _bar(share: float) -> str:
    eighths = round(share * _WIDTH * 8)
    if share and not eighths:
        eighths = 1  # what is there is seen
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _quantiles(lengths: Lengths, encoding: str) -> str:
    named = [("half", 0.5), ("90%", 0.9), ("99%", 0.99)]
    shares = ", ".join(f"{name} of the rows: {lengths.quantile(share):,}" for name, share in named)
    return f"at most, in tokens of {encoding}, up to 1% more: {shares}, all: {lengths.longest:,}"


def _by_cap(caps: Mapping[str, int]) -> Iterator[tuple[int, list[str]]]:
    for cap in sorted(set(caps.values())):
        yield cap, [name for name, value in caps.items() if value == cap]


def _cap_line(lengths: Lengths, names: list[str], cap: int) -> str:
    whole = lengths.within(last_of(cap)) / lengths.total
    return f"a cap of {cap:,} tokens ({', '.join(names)}) leaves {whole:.1%} of the rows whole"
