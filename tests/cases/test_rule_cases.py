"""Runs the files below rules/<CODE>/: flagged/ with its .findings, and clean/, which has none.

A file is named <target>.<what>.jsonl. A .findings file holds "line pointer code", one finding a line, of
every rule on shape and turns: one cause gives one finding. To add a case, drop a file; to write its
.findings, run this module: python -m tests.cases.test_rule_cases. Then read what it wrote.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ftdata.model import Rule
from ftdata.rules.registry import all_rules
from tests.cases.rule_judge import judge

RULES = Path(__file__).parent / "rules"


def judges_records(rule: Rule) -> bool:
    return rule.locate is not None or bool(rule.keywords)


CODES = [rule.code for rule in all_rules() if judges_records(rule)]
FLAGGED = sorted(path for code in CODES for path in (RULES / code / "flagged").glob("*.jsonl"))
CLEAN = sorted(path for code in CODES for path in (RULES / code / "clean").glob("*.jsonl"))

#: These speak only against a schema or a limit that no case file can bring along: see their pages.
WITHOUT_FLAGGED_FILE = {"FT208", "FT310", "FT412", "FT422", "FT703"}


def findings_in(path: Path) -> list[str]:
    target = path.name.split(".")[0]
    found = []
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        told = [(number, at.pointer, rule.code) for rule, at in judge(json.loads(line), target)]
        found += [f"{number} {pointer or '-'} {code}" for _, pointer, code in sorted(told)]
    return found


def name_of(path: Path) -> str:
    return path.relative_to(RULES).as_posix()


@pytest.mark.parametrize("path", FLAGGED, ids=name_of)
def test_a_flagged_file_has_exactly_the_findings_beside_it(path: Path) -> None:
    expected = path.with_suffix(".findings").read_text(encoding="utf-8").splitlines()
    assert findings_in(path) == expected
    code = path.parent.parent.name
    assert any(line.endswith(f" {code}") for line in expected)


@pytest.mark.parametrize("path", CLEAN, ids=name_of)
def test_a_clean_file_has_no_finding(path: Path) -> None:
    assert path.stat().st_size
    assert findings_in(path) == []


@pytest.mark.parametrize("code", CODES)
def test_every_rule_on_records_has_cases(code: str) -> None:
    assert code in WITHOUT_FLAGGED_FILE or list((RULES / code / "flagged").glob("*.jsonl"))
    assert code == "FT208" or list((RULES / code / "clean").glob("*.jsonl"))


if __name__ == "__main__":
    for case in FLAGGED:
        text = "".join(f"{line}\n" for line in findings_in(case))
        case.with_suffix(".findings").write_text(text, encoding="utf-8")
