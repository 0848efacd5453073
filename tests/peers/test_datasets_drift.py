"""What ftdata says of drift among rows is what `datasets` does with the file: stop, change it, or neither."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ftdata.engines.local import judge_sources
from ftdata.model import Finding, ReadOptions, Source, ValidatePlan
from ftdata.operators.judging import Judge, judge_of
from ftdata.operators.whole import judge_whole

datasets = pytest.importorskip("datasets", minversion="5.0")

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("ignore")]

_HEAD_BYTES = 32 * 1024  # in place of 10 MiB, so that files are small
_PAD = "p" * 150
PLAN = ValidatePlan("trl-text", select=("FT61",), keep=997)


def message(content: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": content}]}


#: Pairs of values at one path, both among the first rows.
PAIRS: dict[str, tuple[Any, Any]] = {
    "same": ("x", "y"),
    "number-text": (1, "x"),
    "number-digits": (1, "7"),
    "boolean-number": (True, 1),
    "text-list": ("x", ["a"]),
    "json-object": ('{"a": 1}', {"a": 1}),
    "keys-differ": ({"a": 1}, {"b": "x"}),
    "whole-fraction": (1, 1.5),
    "many-decimals": ({"a": 1 / 3}, {"b": 1}),
    "mixed-list": ([1, "x"], [2]),
    "empty-list": ([], [{"a": 1}]),
    "null-text": (None, "x"),
    "nulls": (None, None),
    "dates": ("2024-01-02", "2024-01-02 10:00:00"),
    "no-dates": ("2024-01", "20240102"),
    "date-text": ("2024-01-02", "x"),
    "date-message": (message("2024-01-02"), message("2024-01-03")),
    "beyond-64-bits": (2**70, 2**70),
}
#: A value in all of the first rows, and one that only comes behind them.
LATE: dict[str, tuple[Any, Any]] = {
    "same": ("x", "y"),
    "null-text": (None, "x"),
    "null-object": (None, {"a": 1}),
    "text-null": ("x", None),
    "text-number": ("x", 5),
    "text-list": ("x", ["a"]),
    "text-object": ("x", {"a": 1}),
    "text-date": ("x", "2024-01-02"),
    "number-text": (5, "x"),
    "number-boolean": (5, True),
    "whole-fraction": (5, 1.5),
    "fraction-whole": (1.5, 5),
    "boolean-number": (True, 5),
    "list-text": (["a"], "x"),
    "list-of-numbers-texts": ([1], ["x"]),
    "empty-list": ([], [{"a": 1}]),
    "list-empty": ([1], []),
    "object-text": ({"a": 1}, "x"),
    "more-keys": ({"a": 1}, {"a": 1, "b": 2}),
    "fewer-keys": ({"a": 1, "b": 2}, {"a": 1}),
    "deeper-keys": ({"a": {"c": 1}}, {"a": {"c": 1, "d": 2}}),
    "keys-in-list": ([{"a": 1}], [{"a": 1, "b": 2}]),
    "no-keys": ({"a": 1}, {}),
    "date-text": ("2024-01-02", "x"),
}
HERMES = {"id": "1", "source": "s", "model": "m", "system_prompt": "p", **message("x")}
ROWS: dict[str, list[dict[str, Any]]] = {
    "late-column": [{"pad": _PAD}] * 400 + [{"pad": _PAD, "v": 1}],
    "decimals-beside-json": [{"f": 1 / 3, "v": {"a": 1}}, {"f": 1 / 3, "v": {"b": 1}}],
    "decimals": [{"f": 1 / 3}, {"f": 2 / 3}],
    "other-columns": [{"a": "x"}, {"b": "y"}],
    "hermes": [HERMES],
    "hermes-number": [{**HERMES, "id": 1}],
    "codex": [{"type": "x", "payload": {"a": 1}}, {"type": "x", "payload": {"b": 1}}],
    "codex-alike": [{"type": "x", "payload": {"a": 1}}],
    "droid": [{"type": "x", "id": "x", "version": 2, "cwd": "/"}],
}


def cases() -> Iterator[Any]:
    for name, pair in PAIRS.items():
        yield pytest.param([{"v": value} for value in pair], id=f"head-{name}")
    for name, (first, last) in LATE.items():
        for where, nest in (("top", lambda value: value), ("deep", lambda value: {"w": value})):
            rows = [{"pad": _PAD, "v": nest(first)}] * 400
            yield pytest.param([*rows, {"pad": _PAD, "v": nest(last)}], id=f"late-{where}-{name}")
    for name, rows in ROWS.items():
        yield pytest.param(rows, id=name)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets.disable_progress_bars()
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def what_datasets_does(path: Path, rows: list[dict[str, Any]]) -> str:
    """ "stops", "changes" or "keeps"; a column that is null where a row lacks it counts as kept."""
    try:
        loaded = datasets.load_dataset(
            "json",
            data_files=str(path),
            split="train",
            chunksize=_HEAD_BYTES,
            cache_dir=str(path.parent / "cache"),
        )
        found = [loaded[index] for index in range(len(loaded))]
    except Exception:
        return "stops"
    columns = {key for row in rows for key in row}
    expected = [{**dict.fromkeys(columns), **row} for row in rows]
    same = [as_text(row) for row in expected] == [as_text(row) for row in found]
    return "keeps" if same else "changes"


def as_text(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True, default=repr)


def findings_in(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    judge: Judge = judge_of(PLAN)
    fact = judge.limits.facts["arrow_loader"]
    small = replace(fact, value={**fact.value, "head_bytes": _HEAD_BYTES})
    facts = {**judge.limits.facts, "arrow_loader": small}
    monkeypatch.setattr(judge, "limits", replace(judge.limits, facts=facts))
    report = judge_sources(PLAN, [Source(path.name, str(path), "jsonl")], ReadOptions())
    judge_whole(PLAN, report, path.name, date(2026, 1, 1))
    return report.first_findings()


@pytest.mark.parametrize("rows", [*cases()])
def test_the_verdict_is_that_of_datasets(
    rows: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    severities = {finding.severity for finding in findings_in(path, monkeypatch)}
    said = "stops" if "error" in severities else "changes" if "warning" in severities else "keeps"
    assert said == what_datasets_does(path, rows)
