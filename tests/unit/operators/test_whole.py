"""What is said of a data set as a whole, of its target and of its model."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ftdata import check_example, validate
from ftdata.api.today import this_day
from ftdata.model import Batch, Report, ValidatePlan
from ftdata.operators.judging import Judge, judge_of
from ftdata.operators.whole import judge_whole
from ftdata.reports.described import describe

LONG_BEFORE = date(2026, 6, 1)
PLAN = ValidatePlan("openai-sft")
ROW: dict[str, Any] = {
    "messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]
}


def found(plan: ValidatePlan, today: date, records: int = 100) -> list[tuple[str, str, str]]:
    report = Report(records=records)
    judge_whole(plan, report, "train.jsonl", today)
    told = [describe(finding) for finding in report.first_findings()]
    assert all((one.file, one.line, one.pointer) == ("train.jsonl", 1, "") for one in told)
    return [(one.code, one.severity, one.message.removesuffix(f" ({plan.target})")) for one in told]


@pytest.mark.parametrize(("records", "codes"), [(0, []), (1, ["FT601"]), (9, ["FT601"]), (10, [])])
def test_few_examples_are_a_warning(records: int, codes: list[str]) -> None:
    told = found(PLAN, LONG_BEFORE, records)
    assert [code for code, _, _ in told] == codes
    assert all(severity == "warning" for _, severity, _ in told)


def test_too_many_examples_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = judge_of(ValidatePlan("openai-sft", keep=999))
    fact = replace(judge.limits.facts["min_examples"], value=20)
    facts = {**judge.limits.facts, "max_examples": fact}
    monkeypatch.setattr(judge, "limits", replace(judge.limits, max_examples=20, facts=facts))
    assert found(judge.plan, LONG_BEFORE, 20) == []
    ((code, severity, message),) = found(judge.plan, LONG_BEFORE, 2_001)
    assert (code, severity) == ("FT602", "error")
    assert message == "2,001 examples in all, at most 20 are taken"


@pytest.mark.parametrize(
    ("today", "message"),
    [
        (date(2026, 10, 7), None),
        (date(2026, 10, 8), "no new jobs from 2027-01-06"),
        (date(2027, 1, 5), "no new jobs from 2027-01-06"),
        (date(2027, 1, 6), "no new jobs since 2027-01-06"),
        (date(2031, 1, 1), "no new jobs since 2027-01-06"),
    ],
)
def test_the_end_of_a_target_is_said_from_ninety_days_before(
    today: date, message: str | None
) -> None:
    severity = "warning" if message and "since" in message else "info"  # jobs are still taken
    assert found(PLAN, today) == ([("FT701", severity, message)] if message else [])


def test_a_model_that_ends_before_its_target_is_named() -> None:
    plan = ValidatePlan("openai-sft", model="gpt-3.5-turbo")
    until = Judge(plan).model.tunable_until  # type: ignore[union-attr]
    assert until is not None
    told = {code: message for code, _, message in found(plan, until)}
    assert told["FT702"] == f"gpt-3.5-turbo cannot be trained since {until}"
    assert not found(plan, until - timedelta(days=91))


def test_what_is_ignored_is_not_said() -> None:
    plan = ValidatePlan("openai-sft", ignore=("FT601", "FT7"))
    assert found(plan, date(2027, 6, 1), 1) == []


def test_validate_says_it_and_a_single_example_is_not_a_data_set() -> None:
    result = validate([ROW], target="openai-sft", today=date(2027, 6, 1))
    assert [finding.code for finding in result.findings] == ["FT601", "FT701"]
    assert result.ok
    assert check_example(ROW, target="openai-sft") == []


def test_the_day_can_be_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert this_day() == date(2027, 1, 15)
    assert "FT701" in validate([ROW], target="openai-sft").summary["by_code"]


@pytest.mark.parametrize(
    ("target", "records", "told"),
    [
        ("trl-sft", 1, True),
        ("trl-sft", 0, False),  # there is nothing to train on
        ("autotrain-sft", 1, True),
        ("trl-text", 1, False),  # plain text: what else should be trained
        ("trl-prompt-completion", 1, False),
        ("openai-sft", 10, False),
        ("nebius-sft", 1, False),  # not known
    ],
)
def test_targets_that_train_on_all_tokens_say_so_once(
    target: str, records: int, told: bool
) -> None:
    severities = {
        code: severity for code, severity, _ in found(ValidatePlan(target), LONG_BEFORE, records)
    }
    assert severities.get("FT704") == ("info" if told else None)


def judged(rows: list[dict[str, Any]], target: str, **options: Any) -> dict[str, str]:
    result = validate(rows, target=target, ignore=["FT704"], today=LONG_BEFORE, **options)
    said = {finding.code: finding.message for finding in result.findings}
    assert len(said) == len(result.findings)  # once, whatever the number of rows
    return {code: message.removesuffix(f" ({target})") for code, message in said.items()}


GOOD = {"prompt": "Open?", "completion": "No", "label": True}
PAIR = {"prompt": "Open?", "chosen": "No", "rejected": "Yes"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([GOOD] * 3, "all 3 answers have the verdict true: there is nothing to tell them from"),
        (
            [{**GOOD, "label": 0}, {**GOOD, "label": False}],
            "all 2 answers have the verdict false: there is nothing to tell them from",
        ),
        ([GOOD], None),
        ([GOOD, {**GOOD, "label": False}], None),
        ([PAIR] * 3, None),
        ([GOOD, GOOD, PAIR], None),
        ([GOOD, {**GOOD, "label": "no"}], None),  # an error, and no verdict
    ],
)
def test_judged_answers_of_one_kind_are_said(
    rows: list[dict[str, Any]], message: str | None
) -> None:
    assert judged(rows, "trl-kto").get("FT603") == message


def test_what_is_said_once_has_the_sums_of_all_rows() -> None:
    turns = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]
    parameters: dict[str, Any] = {"type": "object"}
    function = {"name": "f", "description": "F", "parameters": parameters}
    tools = [{"type": "function", "function": function}]
    rows: list[dict[str, Any]] = [
        {"messages": turns * 3, "tools": tools},
        {"messages": turns * 2, "tools": tools},
        {"messages": turns, "tools": tools},
        {"messages": turns * 9},
    ]
    message = "of 2 row(s) with tools only the last reply is trained: 3 are context alone"
    assert judged(rows, "mistral-sft") == {"FT316": message}
    assert judged(rows[2:], "mistral-sft") == {}
    with_fewer = validate(rows, target="mistral-sft", ignore=["FT316"])
    assert "FT316" not in with_fewer.summary["by_code"]
    assert check_example(rows[0], target="mistral-sft") == []


def test_too_few_tokens_for_a_block_are_said_where_tokens_are_counted() -> None:
    rows = [{"text": "word " * 100}] * 3
    said = judged(rows, "autotrain-sft", count_tokens=True)
    assert "tokens in all rows together, at least 1,024 tokens are needed" in said["FT604"]
    assert judged([{"text": "word " * 2_000}], "autotrain-sft", count_tokens=True) == {}


def test_too_few_bytes_are_too_few_tokens_and_counted_tokens_are_better() -> None:
    plan = ValidatePlan("autotrain-sft", ignore=("FT704",))
    row = {"text": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}
    report = Report()
    judge_of(plan).judge(Batch("x", [1, 2], [row, json.dumps(row).encode()]), report)
    size = len(json.dumps(row))
    assert size < report.tallies["rows:bytes"] <= 2 * size
    assert told_of(plan, report) == [("FT604", "warning")]
    report.tallies["rows:bytes"] = 1024
    assert told_of(plan, report) == []
    report.tokens["o200k_base:"] = Counter({"tokens": 1023})
    assert told_of(plan, report) == [("FT604", "warning")]
    report.tokens["o200k_base:"] = Counter({"tokens": 1024})
    report.tallies["rows:bytes"] = 1
    assert told_of(plan, report) == []


def test_examples_with_images_are_counted_and_may_be_too_many() -> None:
    said = [{"type": "image_url", "image_url": {"url": "https://a/b.png"}}]
    row = {"messages": [{"role": "user", "content": said}, {"role": "assistant", "content": "b"}]}
    for ignore in ((), ("FT42",)):
        report, plan = Report(), ValidatePlan("openai-sft", ignore=ignore)
        lines = [json.dumps(one).encode() for one in (row, ROW, row)]
        judge_of(plan).judge(Batch("x", [1, 2, 3], lines), report)
        assert report.tallies == Counter({"rows:images": 2})
        report.records = 100
        assert "FT606" not in [code for code, _ in told_of(plan, report)]
        report.tallies["rows:images"] = 50_001
        assert ("FT606", "error") in told_of(plan, report)


def told_of(plan: ValidatePlan, report: Report) -> list[tuple[str, str]]:
    whole = replace(report, findings={}, by_code=Counter(), by_severity=Counter())
    judge_whole(plan, whole, "train.jsonl", LONG_BEFORE)
    return [(one.code, one.severity) for one in whole.first_findings()]
