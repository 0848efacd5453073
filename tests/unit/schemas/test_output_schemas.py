"""The shapes that scripts build on: they take what is promised, and nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from ftdata.rules.shape.schema_check import SchemaCheck

FINDINGS: dict[str, Any] = {
    "version": 1,
    "target": "openai-sft",
    "model": None,
    "summary": {
        "files": 1,
        "records": 200,
        "valid": 180,
        "invalid": 20,
        "errors": 23,
        "warnings": 4,
        "tokens": 51234,
        "by_code": {"FT303": 3},
    },
    "findings": [
        {
            "code": "FT303",
            "name": "unknown-role",
            "severity": "error",
            "file": "train.jsonl",
            "line": 17,
            "pointer": "/messages/2/role",
            "message": "role 'bot' is not one of system, user, assistant, tool",
            "fix": None,
        }
    ],
}
REJECT: dict[str, Any] = {
    "source": "faq.csv",
    "row": 3,
    "code": "FT222",
    "name": "empty-cell",
    "message": "the cell is empty",
    "original": {"question": "Where?", "answer": ""},
}
MANIFEST: dict[str, Any] = {
    "version": 1,
    "ftdata": "0.1.0",
    "run": "0" * 64,
    "target": "openai-sft",
    "sources": [{"name": "faq.csv", "bytes": 120}],
    "rows": {"read": 3, "written": 2, "rejected": 1, "dropped": 0},
    "rejects": {"rows": 1, "bytes": 99, "sha256": "1" * 64},
    "shards": [
        {
            "file": "part-00000.jsonl",
            "rows": 2,
            "bytes": 80,
            "sha256": "2" * 64,
            "source": "faq.csv",
            "start": 0,
            "end": None,
        }
    ],
}


def fits(schema: str, value: Any) -> bool:
    return SchemaCheck({"$ref": f"output/{schema}.json"}).is_valid(value)


def test_the_promised_report_fits() -> None:
    assert fits("findings", FINDINGS)
    without_findings = FINDINGS | {"findings": [], "model": "gpt-4.1"}
    without_findings["summary"] = FINDINGS["summary"] | {"tokens": None, "by_code": {}}
    assert fits("findings", without_findings)


@pytest.mark.parametrize("key", [*FINDINGS, *FINDINGS["summary"], *FINDINGS["findings"][0]])
def test_a_report_without_a_promised_key_does_not_fit(key: str) -> None:
    broken = copy.deepcopy(FINDINGS)
    for holder in (broken, broken["summary"], broken["findings"][0]):
        holder.pop(key, None)
    assert not fits("findings", broken)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("severity", "fatal"),
        ("line", 0),
        ("pointer", "messages/2"),
        ("fix", "maybe"),
        ("code", "303"),
        ("colour", "red"),
    ],
)
def test_a_finding_of_another_shape_does_not_fit(key: str, value: object) -> None:
    broken = copy.deepcopy(FINDINGS)
    broken["findings"][0][key] = value
    assert not fits("findings", broken)


def test_a_rejected_row_keeps_whatever_was_read() -> None:
    for original in (REJECT["original"], "a line of text", ["a", 1], None):
        assert fits("reject", REJECT | {"original": original})


@pytest.mark.parametrize("key", list(REJECT))
def test_a_rejected_row_without_a_promised_key_does_not_fit(key: str) -> None:
    assert not fits("reject", {name: value for name, value in REJECT.items() if name != key})
    assert not fits("reject", REJECT | {"colour": "red"})


def test_the_promised_manifest_fits() -> None:
    assert fits("manifest", MANIFEST)
    assert fits("manifest", MANIFEST | {"rejects": None, "shards": []})


@pytest.mark.parametrize("key", [*MANIFEST, *MANIFEST["rows"], *MANIFEST["shards"][0]])
def test_a_manifest_without_a_promised_key_does_not_fit(key: str) -> None:
    broken = copy.deepcopy(MANIFEST)
    for holder in (broken, broken["rows"], broken["shards"][0]):
        holder.pop(key, None)
    assert not fits("manifest", broken)
    assert not fits("manifest", MANIFEST | {"colour": "red"})
