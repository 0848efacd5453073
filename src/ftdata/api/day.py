"""Which day it is, for facts that end on a day."""

from __future__ import annotations

import os
from datetime import date, datetime, timezone


def this_day() -> date:
    """Today, or the day of SOURCE_DATE_EPOCH: the same command then prints the same on every day."""
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stated.isdecimal():
        return datetime.fromtimestamp(int(stated), tz=timezone.utc).date()
    return date.today()
