"""The report of `validate` as text: one clickable line a finding, then one line of totals."""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.model import Report
from ftdata.reports.described import describe
from ftdata.reports.table import table
from ftdata.rules.registry import rule_coded


def finding_lines(report: Report, max_findings: int | None) -> Iterator[tuple[str, str]]:
    """Gives (severity, text) of each finding, in the order of the data."""
    printed = report.first_findings(max_findings)
    for finding in printed:
        yield finding.severity, str(describe(finding))
    hidden = report.by_code.total() - len(printed)
    if hidden:
        yield "info", f"... and {hidden} more (--max-findings, --statistics)"


def totals_line(report: Report, *, target: str, tokens: int | None) -> str:
    """Gives the verdict in one line."""
    parts = [
        f"{count(report.records, 'record')}: {report.valid} valid, {report.invalid} invalid",
        f"{count(report.errors, 'error')}, {count(report.warnings, 'warning')}",
    ]
    if tokens is not None:
        parts.append(f"{tokens:,} tokens")
    return f"{'; '.join(parts)} ({target})"


def statistics_table(report: Report) -> str:
    """Gives how often each code was found, the most frequent first."""
    rows = [
        (str(times), code, rule_coded(code).name)
        for code, times in sorted(report.by_code.items(), key=lambda item: (-item[1], item[0]))
    ]
    return table(("count", "code", "name"), rows, right=(0,))


def count(number: int, noun: str) -> str:
    """Gives "1 record" or "2 records"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
