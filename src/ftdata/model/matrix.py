"""The reports of several targets on the same data, which merge as one report does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ftdata.model.report import Report


@dataclass(frozen=True)
class Matrix:
    """One report for each target; all of them are about the same records."""

    reports: dict[str, Report]

    @classmethod
    def of(cls, targets: Iterable[str], *, keep: int) -> Matrix:
        """Gives empty reports."""
        return cls({target: Report(keep=keep) for target in targets})

    def include(self, other: Matrix, *, lines_before: int = 0, bytes_before: int = 0) -> None:
        """Adds the reports of another part of the data, see `Report.include`."""
        for target, report in other.reports.items():
            mine = self.reports[target]
            mine.include(report, lines_before=lines_before, bytes_before=bytes_before)
