"""Every test runs on the same day: targets and models have last days, prices grow old."""

from __future__ import annotations

import os

#: 2026-06-01, more than 90 days before the last day of any target.
os.environ["SOURCE_DATE_EPOCH"] = "1780272000"
