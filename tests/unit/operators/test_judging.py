"""What a judge makes of lines, rows, faults and notes."""

from __future__ import annotations

from ftdata.model import Batch, Fault, Report, ValidatePlan
from ftdata.operators.judging import judge_of

GOOD = b'{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]}'


def report_of(items: list[bytes | dict[str, object] | str | Fault], plan: ValidatePlan) -> Report:
    report = Report()
    numbers = list(range(1, len(items) + 1))
    judge_of(plan).judge(Batch("x.jsonl", numbers, items), report)
    return report


def test_a_note_at_error_severity_does_not_make_the_next_row_invalid() -> None:
    note = Fault("unreadable-part", {"reason": "the archive ends too early"}, is_row=False)
    report = report_of([note, GOOD], ValidatePlan("openai-sft"))
    assert (report.records, report.invalid, report.errors) == (1, 0, 1)


def test_a_fault_in_place_of_a_row_is_an_invalid_record() -> None:
    fault = Fault("ragged-row", {"cells": 3, "columns": 2})
    report = report_of([fault, GOOD], ValidatePlan("openai-sft"))
    assert (report.records, report.invalid, report.errors) == (2, 1, 1)


def test_a_long_line_is_counted_and_a_short_one_is_not() -> None:
    long = GOOD.replace(b"ho", b"ho " * 40)
    plan = ValidatePlan("openai-sft", max_tokens=45)
    report = report_of([GOOD, long], plan)
    (finding,) = report.first_findings()
    assert (finding.code, finding.line, finding.severity) == ("FT502", 2, "warning")
    assert finding.pointer == "/messages/1"


def test_nothing_left_to_train_is_an_error() -> None:
    long = GOOD.replace(b"hi", b"hi " * 40)
    (finding,) = report_of([long], ValidatePlan("openai-sft", max_tokens=30)).first_findings()
    assert (finding.code, finding.severity) == ("FT503", "error")


def test_rows_with_errors_are_not_counted() -> None:
    plan = ValidatePlan("openai-sft", counts=(("o200k_base", None),))
    report = report_of([GOOD, b"{}", GOOD], plan)
    assert report.tokens["o200k_base:"]["rows"] == 2
    assert report.tokens["o200k_base:"]["tokens"] == 22


PAIR = (
    b'{"input": {"messages": [{"role": "user", "content": "hi"}]}, '
    b'"preferred_output": [{"role": "assistant", "content": "ho"}], '
    b'"non_preferred_output": [{"role": "assistant", "content": "he he"}]}'
)


def test_a_pair_is_counted_with_both_of_its_answers() -> None:
    plan = ValidatePlan("openai-dpo", counts=(("o200k_base", None),))
    counts = report_of([PAIR], plan).tokens["o200k_base:"]
    # 1 for the row, 4 for each of 3 turns, 1 + 1 + 2 for what they say
    assert (counts["tokens"], counts["trained"]) == (17, 3)


def test_an_answer_that_is_cut_is_pointed_at() -> None:
    long = PAIR.replace(b"he he", b"he " * 40)
    (finding,) = report_of([long], ValidatePlan("openai-dpo", max_tokens=40)).first_findings()
    assert (finding.code, finding.pointer) == ("FT502", "/non_preferred_output")
