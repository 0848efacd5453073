"""Reserved strings are found however JSON writes them, and a line without any takes the fast path."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.catalog import target_catalog
from ftdata.model import Batch, Fact, Limits, Report, ValidatePlan
from ftdata.operators import judging
from ftdata.operators.judging import Judge
from ftdata.operators.reserved import hint_of

RESERVED = ["[EOS]", "\nHuman:", "System:", "</s>", "été"]


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Judge:
    def limits_of(*args: object, **values: object) -> Limits:
        limits = target_catalog.limits_of(*args, **values)  # type: ignore[arg-type]
        fact = Fact(RESERVED, "a test", date(2026, 1, 1))
        facts = {**limits.facts, "reserved_strings": fact}
        return replace(limits, reserved_strings=frozenset(RESERVED), facts=facts)

    monkeypatch.setattr(judging, "limits_of", limits_of)
    return Judge(ValidatePlan("openai-sft", counts=(("o200k_base", None),)))


def row(text: str) -> dict[str, object]:
    return {"messages": [{"role": "user", "content": text}, {"role": "assistant", "content": "a"}]}


def report_of(judge: Judge, *lines: bytes) -> Report:
    report = Report()
    judge.judge(Batch("x", list(range(1, len(lines) + 1)), [*lines]), report)
    return report


@pytest.mark.parametrize("reserved", RESERVED)
def test_a_reserved_string_is_found_in_any_writing(judge: Judge, reserved: str) -> None:
    plain = json.dumps(row(f"a{reserved}b"), ensure_ascii=False)
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in reserved)
    slashed = plain.replace("/", "\\/")
    lines = [plain, json.dumps(row("aXb")).replace("X", escaped), slashed]
    report = report_of(judge, *(line.encode() for line in lines))
    told = [(one.code, one.line, one.pointer) for one in report.first_findings()]
    assert told == [("FT703", number, "/messages/0/content") for number in (1, 2, 3)]
    assert report.invalid == 3


def test_lines_without_one_are_clean_and_counted_once(judge: Judge) -> None:
    report = report_of(judge, *[json.dumps(row("Human: hi")).encode()] * 3)
    assert (report.records, report.invalid, not report.by_code) == (3, 0, True)
    assert report.tokens["o200k_base:"]["rows"] == 3


@given(st.text(min_size=1, max_size=5), st.text(max_size=5), st.booleans())
def test_no_line_with_a_reserved_string_lacks_the_hint(
    reserved: str, around: str, ascii_only: bool
) -> None:
    line = json.dumps(row(around + reserved + around), ensure_ascii=ascii_only)
    assert hint_of([reserved, "System:", "\nHuman:"])(line.encode("utf-8", "surrogatepass"))
