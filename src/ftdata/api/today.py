"""The day of the run."""

from __future__ import annotations

import os
from datetime import date, datetime, timezone


def this_day() -> date:
    """The day of the run; SOURCE_DATE_EPOCH, where it is set, makes runs repeatable."""
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stated.isdecimal():
        return datetime.fromtimestamp(int(stated), tz=timezone.utc).date()
    return date.today()
