"""Judges what is known when all records have been seen: how many there are, and the days of the target."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ftdata.model import Finding, Report, ValidatePlan
from ftdata.operators.judging import Judge, judge_of
from ftdata.rules.registry import rule_named

#: So long before the last day it is said that there will be one.
_DAYS_BEFORE = 90


def judge_whole(plan: ValidatePlan, report: Report, file: str, today: date) -> None:
    """Adds to the report of all records what is to be said of them together, at the first line of `file`."""
    judge = judge_of(plan)
    found = (*_amounts(judge, report.records), *_sums(judge, report), *_days(judge, today))
    for name, params in found:
        rule = rule_named(name)
        if judge.applies(rule):
            severity = judge.limits.severity_of(rule.fact, rule.severity)
            if name in ("too-few-examples", "too-few-tokens") and severity == "error":
                severity = "warning"  # it may be a part of the data set that is checked
            if params.get("when") == "from":
                severity = "info"  # jobs are still taken
            report.add(Finding(rule.code, severity, file, 1, "", params, plan.target))


def _amounts(judge: Judge, records: int) -> Iterator[tuple[str, dict[str, object]]]:
    least, most = judge.limits.min_examples, judge.limits.max_examples
    if least is not None and 0 < records < least:
        yield "too-few-examples", {"records": records, "limit": least}
    if most is not None and records > most:
        yield "too-many-examples", {"records": records, "limit": most}


def _sums(judge: Judge, report: Report) -> Iterator[tuple[str, dict[str, object]]]:
    """What all rows add up to; tokens where they were counted, or where there are fewer bytes than that."""
    most, images = judge.limits.max_image_examples, report.amounts["image_examples"]
    if most is not None and images > most:
        yield "too-many-examples-with-images", {"found": images, "limit": most}
    least = judge.limits.min_dataset_tokens
    if least is None or not report.records:
        return
    counts = [tally["tokens"] for name, tally in report.tokens.items() if name.endswith(":")]
    found = max(counts, default=None)
    if found is not None and found < least:
        yield "too-few-tokens", {"found": found, "what": "tokens", "limit": least}
    elif found is None and report.amounts["bytes"] < least:
        params = {"found": report.amounts["bytes"], "what": "bytes", "limit": least}
        yield "too-few-tokens", params


def _days(judge: Judge, today: date) -> Iterator[tuple[str, dict[str, object]]]:
    """Where target and model end on the same day, the target is named."""
    until = judge.target.until
    if until is not None and _is_near(until, today):
        yield "retired-target", _when(until, today)
    model = judge.model
    last = model.tunable_until if model is not None else None
    if model is not None and last is not None and last != until and _is_near(last, today):
        yield "retired-model", {"model": model.name, **_when(last, today)}


def _is_near(until: date, today: date) -> bool:
    return (until - today).days <= _DAYS_BEFORE


def _when(until: date, today: date) -> dict[str, object]:
    return {"when": "since" if until <= today else "from", "until": until.isoformat()}
