"""Judges what is said once: of all records, of the days of the target, of losses, of the chat template."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ftdata.model import Finding, Report, ValidatePlan
from ftdata.operators.columns import outcomes
from ftdata.operators.judging import Judge, judge_of
from ftdata.operators.set_tallies import ROWS, VERDICTS
from ftdata.rules.registry import rule_named

#: So long before the last day it is said that there will be one.
_DAYS_BEFORE = 90

#: Never an error: it may be a part of the data set that is checked.
_OF_A_PART = ("too-few-examples", "too-few-tokens")


def judge_whole(plan: ValidatePlan, report: Report, file: str, today: date) -> None:
    """Adds to the report of all records what is to be said of them together, at the first line of `file`."""
    judge = judge_of(plan)
    said = (*_amounts(judge, report), *_days(judge, today), *_loss(judge, report))
    for name, params in (*said, *_template_traits(judge)):
        rule = rule_named(name)
        if judge.applies(rule):
            severity = judge.limits.severity_of(rule.fact, rule.severity)
            if name in _OF_A_PART and severity == "error":
                severity = "warning"
            if params.get("when") == "from":
                severity = "info"  # jobs are still taken
            report.add(Finding(rule.code, severity, file, 1, "", params, plan.target))
    if judge.watches:
        for finding in _columns(judge, report):
            report.add(finding)


def _columns(judge: Judge, report: Report) -> Iterator[Finding]:
    """What the target's loader makes of the kinds of values that were seen; they are cut to what is kept."""
    limits = judge.limits
    fact = limits.facts["arrow_loader"]
    for name, place, found in outcomes(report.kinds, fact.value):
        rule = rule_named(name)
        severity: str = rule.severity
        if found.params.get("sure") is False or (
            name == "absent-keys-filled" and not found.pointer
        ):
            severity = "info"  # nothing may change; and trainers know null columns
        elif severity == "error" and not fact.certain:
            severity = "warning"
        if judge.applies(rule):
            at = (place.file, place.line, found.pointer, found.params, judge.plan.target)
            yield Finding(rule.code, severity, *at, place.source_index)
    if report.kinds.cut and judge.applies(rule_named("too-many-paths")):
        rule = rule_named("too-many-paths")
        last = max(report.kinds.first.values())
        params = {"limit": report.kinds.keep, "line": last.line}
        at = (last.file, last.line, "", params, judge.plan.target)
        yield Finding(rule.code, rule.severity, *at, last.source_index)


def _amounts(judge: Judge, report: Report) -> Iterator[tuple[str, dict[str, object]]]:
    records = report.records
    least, most = judge.limits.min_examples, judge.limits.max_examples
    if least is not None and 0 < records < least:
        yield "too-few-examples", {"records": records, "limit": least}
    if most is not None and records > most:
        yield "too-many-examples", {"records": records, "limit": most}
    most, images = judge.limits.max_image_examples, report.tallies[f"{ROWS}:images"]
    if most is not None and images > most:
        yield "too-many-examples-with-images", {"found": images, "limit": most}
    yield from _tokens(judge, report)


def _tokens(judge: Judge, report: Report) -> Iterator[tuple[str, dict[str, object]]]:
    """Too few tokens: where they were counted, and where there are not even as many bytes."""
    least = judge.limits.min_dataset_tokens
    if least is None or not report.records:
        return
    counts = [tally["tokens"] for name, tally in report.tokens.items() if name.endswith(":")]
    found = max(counts, default=None)
    if found is None:
        found, what = report.tallies[f"{ROWS}:bytes"], "bytes"
    else:
        what = "tokens"
    if found < least:
        yield "too-few-tokens", {"found": found, "what": what, "limit": least}


def _days(judge: Judge, today: date) -> Iterator[tuple[str, dict[str, object]]]:
    """Where target and model end on the same day, the target is named."""
    until = judge.target.until
    if until is not None and _is_near(until, today):
        yield "retired-target", _when(until, today)
    model = judge.model
    last = model.tunable_until if model is not None else None
    if model is not None and last is not None and last != until and _is_near(last, today):
        yield "retired-model", {"model": model.name, **_when(last, today)}


def _template_traits(judge: Judge) -> Iterator[tuple[str, dict[str, object]]]:
    if judge.templated is not None:
        for outcome in judge.templated.traits():
            yield outcome.rule, outcome.params


def _loss(judge: Judge, report: Report) -> Iterator[tuple[str, dict[str, object]]]:
    if judge.limits.trains_on == "all" and judge.target.method != "text" and report.records:
        yield "trains-on-all-tokens", {}
    for rule in judge.turn_rules:
        sums = _sums(report, rule.code) if rule.once else {}
        if sums:
            yield rule.name, sums
    verdicts = _sums(report, VERDICTS)
    if len(verdicts) == 1:
        ((verdict, records),) = verdicts.items()
        if records != 1:
            yield "one-verdict", {"records": records, "verdict": verdict}


def _sums(report: Report, about: str) -> dict[str, object]:
    """The tallies of one matter, integers, by what is counted."""
    tallies = ((name.partition(":"), number) for name, number in report.tallies.items())
    return {counted: number for (matter, _, counted), number in tallies if matter == about}


def _is_near(until: date, today: date) -> bool:
    return (until - today).days <= _DAYS_BEFORE


def _when(until: date, today: date) -> dict[str, object]:
    return {"when": "since" if until <= today else "from", "until": until.isoformat()}
