"""What `compare` gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ftdata.costs.offered import Offered, Refused
from ftdata.costs.quote import Quote
from ftdata.costs.spending import Limit
from ftdata.costs.usage import UNUSED, Usage
from ftdata.model import Report
from ftdata.reports.comparison_json import comparison_json
from ftdata.reports.comparison_text import comparison_text
from ftdata.rules.registry import rule_coded


@dataclass(frozen=True)
class Comparison:
    """Every model that would take the data, the cheapest first and those of unknown cost last.

    `refused` are the hosted targets that would not, `retired` how many models of the others take no jobs any
    more.
    """

    records: int
    offered: tuple[Offered, ...]
    refused: tuple[Refused, ...]
    retired: int
    usage: Usage = UNUSED
    limit: Limit | None = None
    today: date = date.min

    @property
    def above_limit(self) -> list[Quote]:
        """Where training costs more than it may: all quotes, if the cheapest does; none if it is within."""
        return self.limit.above([one.quote for one in self.offered]) if self.limit else []

    @property
    def is_within_limit(self) -> bool:
        """True where training may be paid, also as there is no limit."""
        return self.limit is None or self.limit.is_kept([one.quote for one in self.offered])

    def to_json(self) -> dict[str, Any]:
        """Gives the shape of schemas/output/comparison.json."""
        return comparison_json(
            self.records,
            self.offered,
            self.refused,
            retired=self.retired,
            limit=self.limit,
            today=self.today,
        )

    def to_text(self) -> str:
        """Gives the tables that the command line prints."""
        return comparison_text(
            self.records,
            self.offered,
            self.refused,
            retired=self.retired,
            requests=self.usage.requests,
        )


def refused_by(target: str, report: Report) -> Refused:
    """Gives the errors that a target found, the most frequent first."""
    kept = [finding for found in report.findings.values() for finding in found]
    codes = {finding.code for finding in kept if finding.severity == "error"}
    ordered = sorted(codes, key=lambda code: (-report.by_code[code], code))
    return Refused(
        target, tuple((code, rule_coded(code).name, report.by_code[code]) for code in ordered)
    )
