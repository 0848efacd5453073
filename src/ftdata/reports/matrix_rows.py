"""What several targets say of the same data: a row for each, as plain figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ftdata.catalog.target_catalog import limits_of, load_target
from ftdata.model import Limits, Matrix, Report
from ftdata.rules.registry import rule_coded

#: What becomes of the rows in which a code is found: the vendor refuses, leaves out or cuts them, may refuse
#: them (the evidence is missing or conflicts), or takes them all the same.
Fate = Literal["refused", "dropped", "truncated", "unsure", "noted"]

FATES: tuple[Fate, ...] = ("refused", "dropped", "truncated", "unsure", "noted")

_CUT = ("answer-truncated", "nothing-left-to-train")
_OF_THE_TARGET = "retired-target"  # said of the target, not of the data


@dataclass(frozen=True)
class MatrixRow:
    """One target. `found` has, for each fate, how often each code was found: a row may have it several times.

    `until` is the first day without new jobs, where one is known; `retired`: it has come.
    """

    target: str
    accepted: int  # rows without an error
    refused: int
    errors: int  # findings, also of the data as a whole
    warnings: int
    until: date | None = None
    retired: bool = False
    ending: bool = False  # soon
    found: Mapping[Fate, Mapping[str, int]] = field(default_factory=dict)

    @property
    def accepts_all(self) -> bool:
        """True where nothing is at error severity."""
        return self.errors == 0

    def to_json(self) -> dict[str, Any]:
        """Gives the row as in schemas/output/matrix.json."""
        return {
            "target": self.target,
            "accepted": self.accepted,
            "refused": self.refused,
            "errors": self.errors,
            "warnings": self.warnings,
            "until": self.until.isoformat() if self.until else None,
            "retired": self.retired,
            **{f"{fate}_by": dict(sorted(self.found[fate].items())) for fate in FATES},
        }


def matrix_rows(matrix: Matrix, today: date) -> list[MatrixRow]:
    """Gives a row for each target: first those that accept everything, then by how many they accept."""
    rows = [_row(target, report, today) for target, report in matrix.reports.items()]
    return sorted(rows, key=_rank)


def matrix_json(rows: list[MatrixRow], *, files: int, records: int) -> dict[str, Any]:
    """Gives the matrix as plain values: version 1 of schemas/output/matrix.json."""
    return {
        "version": 1,
        "summary": {
            "files": files,
            "records": records,
            "targets": len(rows),
            "accepting": sum(row.accepts_all for row in rows),
        },
        "targets": [row.to_json() for row in rows],
    }


def _row(target: str, report: Report, today: date) -> MatrixRow:
    limits, until = limits_of(load_target(target)), load_target(target).until
    found: dict[Fate, dict[str, int]] = {fate: {} for fate in FATES}
    said_of_the_target = False
    for code, times in report.by_code.items():
        if rule_coded(code).name == _OF_THE_TARGET:
            said_of_the_target = True
        else:
            found[_fate_of(code, limits)][code] = times
    return MatrixRow(
        target,
        report.valid,
        report.invalid,
        report.errors,
        report.warnings,
        until,
        retired=until is not None and until <= today,
        ending=said_of_the_target and until is not None and until > today,
        found=found,
    )


def _fate_of(code: str, limits: Limits) -> Fate:
    rule = rule_coded(code)
    if rule.name in _CUT:
        return "truncated"
    if rule.name == "too-few-examples":
        return "noted"  # it may be a part of the data set that is looked at
    fact = limits.facts.get(rule.fact) if rule.fact else None
    if fact is not None and not fact.certain and fact.effect == "reject":
        return "unsure"
    if fact is not None and fact.effect == "drop":
        return "dropped"
    if fact is not None and fact.effect == "truncate":
        return "truncated"
    return "refused" if limits.severity_of(rule.fact, rule.severity) == "error" else "noted"


def _rank(row: MatrixRow) -> tuple[object, ...]:
    return not row.accepts_all, -row.accepted, row.retired, row.refused, row.warnings, row.target
