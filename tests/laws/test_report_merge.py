"""Reports are a monoid: any split in any order, through JSON, gives the same report."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ftdata import validate
from ftdata.model import Finding, Report, merge_all

findings = st.builds(
    Finding,
    code=st.sampled_from(["FT104", "FT301", "FT303"]),
    severity=st.sampled_from(["error", "warning"]),
    file=st.sampled_from(["a.jsonl", "b.jsonl"]),
    line=st.integers(1, 30),
    pointer=st.sampled_from(["", "/messages/0/role", "/messages/1"]),
    params=st.dictionaries(st.sampled_from(["role", "n"]), st.integers(0, 3), max_size=2),
    source_index=st.integers(0, 1),
)


def report_of(some: list[Finding], keep: int) -> Report:
    report = Report(keep=keep)
    for finding in some:
        report.files.add(finding.file)
        report.records += 1
        report.invalid += finding.severity == "error"
        report.add(finding)
        report.tokens.setdefault("o200k_base:", Counter())["tokens"] += finding.line
        report.tallies[f"{finding.code}:rows"] += 1
    return report


@given(st.lists(findings, max_size=60), st.integers(1, 5), st.integers(1, 6), st.randoms())
def test_any_split_in_any_order_gives_the_same_report(
    some: list[Finding], keep: int, parts: int, chance: random.Random
) -> None:
    whole = report_of(some, keep)
    shares: list[list[Finding]] = [[] for _ in range(parts)]
    for finding in some:
        chance.choice(shares).append(finding)
    chance.shuffle(shares)
    through_json = [
        Report.from_json(json.loads(json.dumps(report_of(share, keep).to_json())))
        for share in shares
    ]
    assert merge_all(through_json, keep=keep).to_json() == whole.to_json()


@given(st.lists(findings, max_size=30), st.lists(findings, max_size=30), st.integers(1, 4))
def test_merging_is_commutative_and_an_empty_report_is_its_zero(
    left: list[Finding], right: list[Finding], keep: int
) -> None:
    a, b = report_of(left, keep), report_of(right, keep)
    assert a.merge(b).to_json() == b.merge(a).to_json()
    assert a.merge(Report(keep=keep)).to_json() == a.to_json()


@given(st.lists(findings, max_size=60), st.integers(1, 5), st.integers(1, 5))
def test_the_first_findings_are_those_of_the_whole_data(
    some: list[Finding], keep: int, fewer: int
) -> None:
    limit = min(keep, fewer)
    everything = report_of(some, keep=1000).first_findings()
    assert report_of(some, keep).first_findings(limit) == everything[:limit]


def test_a_finding_on_a_whole_file_goes_through_json(tmp_path: Path) -> None:
    path = tmp_path / "faq.csv"
    path.write_text("question,answer\nQ,A\n")
    report = validate(path, target="openai-sft").report
    assert [finding.code for finding in report.first_findings()] == ["FT121"]
    assert Report.from_json(json.loads(json.dumps(report.to_json()))) == report
