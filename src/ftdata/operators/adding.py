"""Adds what is found in one line to a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from ftdata.model import Fault, Finding, Found, Limits, Report, Rule, ValidatePlan
from ftdata.rules.registry import rule_named

#: Whether the target has the fact that a rule enforces, and the user wants the rule.
Applies = Callable[[Rule], bool]


class Adder:
    """Turns faults and located rules of one line into findings of the report."""

    def __init__(
        self,
        plan: ValidatePlan,
        limits: Limits,
        applies: Applies,
        report: Report,
        file: str,
        source_index: int,
    ) -> None:
        self._target = plan.target
        self._limits = limits
        self._applies = applies
        self._file = file
        self._source_index = source_index
        self.report = report
        self.line = 0
        self.record_has_error = False
        report.files.add(file)

    def fault(self, fault: Fault) -> None:
        """Adds what a reader could not take."""
        self.finding(rule_named(fault.name), Found(fault.pointer, fault.params))

    def finding(self, rule: Rule, found: Found) -> None:
        """Adds what a rule located, where the rule applies."""
        if not self._applies(rule):
            return
        if rule.once:
            sums = {f"{rule.code}:{name}": number for name, number in found.params.items()}
            self.report.tallies.update(cast("dict[str, int]", sums))
            return
        severity = self._limits.severity_of(rule.fact, rule.severity)
        if severity == "error":
            self.record_has_error = True
        self.report.add(
            Finding(
                code=rule.code,
                severity=severity,
                file=self._file,
                line=self.line,
                pointer=found.pointer,
                params=found.params,
                target=self._target,
                source_index=self._source_index,
            )
        )

    def close_record(self, *, is_row: bool = True) -> None:
        """Ends a record; a note beside the records is none."""
        self.report.records += is_row
        self.report.invalid += is_row and self.record_has_error
        self.record_has_error = False
