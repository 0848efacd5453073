"""The cells of a workbook as the text that Excel shows, as far as that loses nothing."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any

from ftdata.readers.plain_values import iso_text

_ZEROS = re.compile("0+")
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def cell_text(cell: Any) -> str:
    """Gives the text of a cell of openpyxl; an empty one is "".

    Text stays. Numbers have at most 15 digits, as in Excel, and no ".0"; the format 00000 keeps its
    zeros (00501), others (currency, percent) are not applied. True and false are TRUE and FALSE, dates
    and times ISO 8601 text. A formula gives the value that was computed when the workbook was saved.
    """
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime):
        return _moment(value, cell.number_format or "")
    return _length(value) if isinstance(value, timedelta) else str(value)


def _number(value: float, number_format: str) -> str:
    if abs(value) < 10**15 and value == int(value):
        value = int(value)
    if isinstance(value, int):
        width = len(number_format) if _ZEROS.fullmatch(number_format) else 0
        return f"{value:0{width}d}"
    return f"{value:.15g}"


def _length(value: timedelta) -> str:
    """Hours, minutes and seconds: 30:00:00."""
    minutes, seconds = divmod(round(abs(value).total_seconds()), 60)
    sign = "-" if value < timedelta() else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _moment(value: datetime, number_format: str) -> str:
    """Excel has no dates, only moments; the format says whether the time is meant."""
    if value.time() == time() and "h" not in _NOT_FORMAT.sub("", number_format.lower()):
        return value.date().isoformat()
    return iso_text(value.isoformat())
