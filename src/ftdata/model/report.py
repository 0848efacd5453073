"""The mergeable sum of findings and tallies.

Integers only: money and means are computed at the end. `merge` is associative and commutative with
`Report()` as its zero, also after writing a report to JSON and reading it back (a law test holds this).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import Any

from ftdata.model.finding import Finding
from ftdata.model.value_kinds import ValueKinds


@dataclass
class Report:
    """What was seen in some part of the data.

    Per code, the first `keep` findings by place are kept; `by_code` and `by_severity` count all.
    `kinds` holds what values stand at which paths, where the target's loader makes one schema of all records.
    `tokens` holds, for each "encoding:cap" that was asked for, the integers of `TokenTally`. `tallies` holds
    what is said once of all records (see `operators/whole.py`), each as "what it is about:what is counted".
    """

    keep: int = 1000
    records: int = 0
    invalid: int = 0  # records with at least one error
    by_code: Counter[str] = field(default_factory=Counter)
    by_severity: Counter[str] = field(default_factory=Counter)
    files: set[str] = field(default_factory=set)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    tokens: dict[str, Counter[str]] = field(default_factory=dict)
    tallies: Counter[str] = field(default_factory=Counter)
    kinds: ValueKinds = field(default_factory=ValueKinds)

    @property
    def valid(self) -> int:
        """Records without an error."""
        return self.records - self.invalid

    @property
    def errors(self) -> int:
        """Findings at error severity."""
        return self.by_severity["error"]

    @property
    def warnings(self) -> int:
        """Findings at warning severity."""
        return self.by_severity["warning"]

    def add(self, finding: Finding) -> None:
        """Counts a finding, and keeps it if it is among the first of its code."""
        self.by_code[finding.code] += 1
        self.by_severity[finding.severity] += 1
        kept = self.findings.setdefault(finding.code, [])
        kept.append(finding)
        if len(kept) > 2 * self.keep:
            self.findings[finding.code] = _first(kept, self.keep)

    def merge(self, other: Report) -> Report:
        """Gives the sum of both; neither is changed."""
        merged = Report(keep=min(self.keep, other.keep))
        merged.include(self)
        merged.include(other)
        return merged

    def include(self, other: Report, *, lines_before: int = 0, bytes_before: int = 0) -> None:
        """Adds another report to this one, in time that does not grow with this one.

        `lines_before`, `bytes_before`: what stands in the source before the part that the other is about.
        """
        self.records += other.records
        self.invalid += other.invalid
        self.by_code.update(other.by_code)
        self.by_severity.update(other.by_severity)
        self.files |= other.files
        self.tallies.update(other.tallies)
        for code, findings in other.findings.items():
            kept = self.findings.setdefault(code, [])
            if lines_before:
                findings = [replace(found, line=found.line + lines_before) for found in findings]
            kept += findings
            if len(kept) > 2 * self.keep:
                self.findings[code] = _first(kept, self.keep)
        self.kinds.include(other.kinds, lines_before=lines_before, bytes_before=bytes_before)
        for name, counts in other.tokens.items():
            self.tokens.setdefault(name, Counter()).update(counts)

    def first_findings(self, limit: int | None = None) -> list[Finding]:
        """The first findings by source, line and pointer; at most `limit` of them."""
        kept = [
            finding for of_code in self.findings.values() for finding in _first(of_code, self.keep)
        ]
        kept.sort(key=_order)
        return kept if limit is None else kept[:limit]

    def to_json(self) -> dict[str, Any]:
        """Gives plain values; `Report.from_json` reads them back."""
        return {
            "keep": self.keep,
            "records": self.records,
            "invalid": self.invalid,
            "by_code": dict(self.by_code),
            "by_severity": dict(self.by_severity),
            "files": sorted(self.files),
            "findings": [finding.to_json() for finding in self.first_findings()],
            "tokens": {name: dict(counts) for name, counts in self.tokens.items()},
            "tallies": dict(self.tallies),
            "kinds": self.kinds.to_json(),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Report:
        """Reads what `to_json` gave."""
        report = cls(
            keep=value["keep"],
            records=value["records"],
            invalid=value["invalid"],
            by_code=Counter(value["by_code"]),
            by_severity=Counter(value["by_severity"]),
            files=set(value["files"]),
            tokens={name: Counter(counts) for name, counts in value["tokens"].items()},
            tallies=Counter(value["tallies"]),
            kinds=ValueKinds.from_json(value["kinds"]),
        )
        for finding in value["findings"]:
            report.findings.setdefault(finding["code"], []).append(Finding(**finding))
        return report


def merge_all(reports: Iterable[Report], *, keep: int = 1000) -> Report:
    """Sums reports in any order."""
    total = Report(keep=keep)
    for report in reports:
        total.keep = min(total.keep, report.keep)
        total.include(report)
    return total


def _first(findings: list[Finding], keep: int) -> list[Finding]:
    return nsmallest(keep, findings, key=_order)


def _order(finding: Finding) -> tuple[object, ...]:
    rest = repr(sorted(finding.params.items()))
    return (*finding.place, finding.code, finding.severity, finding.file, finding.target, rest)
