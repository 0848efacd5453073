"""What single judges say of a record by counts alone: of its texts, and what is said once of all records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ftdata.model import Facts, Report, Rule
from ftdata.operators.judging import Judge

#: How often a target finds which code, at which severity.
Counts = tuple[tuple[str, str, int], ...]

#: What is said once of all records, by what is counted (see `Report.tallies`).
Tallies = tuple[tuple[str, int], ...]


def count_of_texts(
    judge: Judge, record: dict[str, Any], told: frozenset[str], counts: Counter[tuple[str, str]]
) -> None:
    """Adds what a record's blank texts are found to be."""
    for rule in judge.text_rules:
        if not reads_texts(rule):
            times = places_in(rule, judge, record, told)
            if times:
                counts[key_of(judge, rule)] += times


def reads_texts(rule: Rule) -> bool:
    """True for a rule that asks more of texts than whether they are blank."""
    return rule.fact == "reserved_strings"


def places_in(rule: Rule, judge: Judge, record: dict[str, Any], told: frozenset[str]) -> int:
    """How often a rule on texts finds something where the shape says nothing."""
    located = rule.locate(record, judge.limits)  # type: ignore[misc]
    return sum(found.pointer not in told for found in located)


def sums_of(judge: Judge, chat: dict[str, Any], facts: Facts, report: Report) -> None:
    """Adds to the tallies of a report what is said once of all records."""
    add = judge.adder(report, "", 0)
    for rule in judge.turn_rules:
        if rule.once and rule.flags(facts, judge.limits):  # type: ignore[misc]
            for found in rule.locate(chat, judge.limits):  # type: ignore[misc]
                add.finding(rule, found)


def of_valid(judge: Judge, record: dict[str, Any]) -> Tallies:
    """What is tallied of a record without an error."""
    report = Report()
    judge.tallies.add_valid(record, report)
    return tuple(report.tallies.items())


def key_of(judge: Judge, rule: Rule) -> tuple[str, str]:
    """The code of a rule, and its severity for a target."""
    return rule.code, judge.limits.severity_of(rule.fact, rule.severity)


def counts_of(found: Counter[tuple[str, str]]) -> Counts:
    """Gives the counts of (code, severity), sorted."""
    return tuple((code, severity, times) for (code, severity), times in sorted(found.items()))


def summed(counts: Iterable[Counts]) -> Counts:
    """Gives the sum of some counts."""
    total: Counter[tuple[str, str]] = Counter()
    for some in counts:
        for code, severity, times in some:
            total[code, severity] += times
    return counts_of(total)
