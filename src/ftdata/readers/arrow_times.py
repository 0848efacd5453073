"""Dates and times of Arrow as ISO 8601 text."""

from __future__ import annotations

from typing import Any

from ftdata.readers.plain_values import duration_text, iso_text

_NO_DATE = "<"  # how Arrow begins the text of a moment out of its range
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def time_texts(array: Any) -> list[str | None]:
    """The ISO 8601 text of each date, time, moment or length of time in a pyarrow Array.

    A moment with a time zone is given in UTC with a Z: the same instant, whatever time zone data the
    machine has. One too far away to have a date (files hold such) is given as its count of units.
    """
    import pyarrow as pa

    kind = array.type
    if pa.types.is_duration(kind):
        per_second = _PER_SECOND[kind.unit]
        ticks = array.cast(pa.int64()).to_pylist()
        return [None if count is None else duration_text(count, per_second) for count in ticks]
    if pa.types.is_interval(kind):
        return [None if span is None else _interval(*span) for span in array.to_pylist()]
    zone = ""
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        array, zone = array.view(pa.timestamp(kind.unit)), "Z"
    texts = array.cast(pa.string()).to_pylist()
    if any(text is not None and text.startswith(_NO_DATE) for text in texts):
        unit = "ms" if pa.types.is_date64(kind) else kind.unit
        ticks = array.view(pa.int64()).to_pylist()
        return [_far(*both, unit, zone) for both in zip(texts, ticks, strict=True)]
    return [None if text is None else iso_text(text) + zone for text in texts]


def _far(text: str | None, ticks: int, unit: str, zone: str) -> str | None:
    """Puts a count of units where Arrow wrote that it has no date for a moment."""
    if text is None:
        return None
    if text.startswith(_NO_DATE):
        return f"1970-01-01T00:00:00{zone} plus {ticks} {unit}"
    return iso_text(text) + zone


def _interval(months: int, days: int, nanoseconds: int) -> str:
    """A calendar interval; its parts may differ in sign, as ISO 8601-2 allows."""
    seconds = duration_text(nanoseconds, 10**9)
    time = f"T-{seconds[3:]}" if nanoseconds < 0 else seconds[1:]
    return f"P{months}M{days}D{time}"
