"""Which targets take some data: the one place that judges the same data for many of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ftdata.model import Report, ValidatePlan


def reports_of(
    targets: Sequence[str], judge: Callable[[ValidatePlan], Report]
) -> dict[str, Report]:
    """Gives the report of each target, of everything it finds in the whole data, one after the other."""
    return {target: judge(ValidatePlan(target=target, keep=1)) for target in targets}


def accepts(report: Report) -> bool:
    """True where there are rows, and nothing is at error severity."""
    return report.records > 0 and report.errors == 0
