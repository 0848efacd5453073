"""The report of `validate` as JSON: version 1 of schemas/output/findings.json."""

from __future__ import annotations

from typing import Any

from ftdata.model import Report
from ftdata.reports.described import describe


def summary_of(report: Report, *, tokens: int | None) -> dict[str, Any]:
    """Counts of everything, however many findings are printed. `tokens` None: not counted."""
    return {
        "files": len(report.files),
        "records": report.records,
        "valid": report.valid,
        "invalid": report.invalid,
        "errors": report.errors,
        "warnings": report.warnings,
        "tokens": tokens,
        "by_code": dict(sorted(report.by_code.items())),
    }


def findings_json(
    report: Report,
    *,
    target: str,
    model: str | None,
    tokens: int | None,
    max_findings: int | None = None,
) -> dict[str, Any]:
    """Gives the whole report as plain values."""
    return {
        "version": 1,
        "target": target,
        "model": model,
        "summary": summary_of(report, tokens=tokens),
        "findings": [describe(found).to_json() for found in report.first_findings(max_findings)],
    }
