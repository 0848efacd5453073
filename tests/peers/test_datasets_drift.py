"""What ftdata says of drift among rows is what `datasets` does with the file: stop, change it, or neither."""

from __future__ import annotations

import json
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
from tests.peers.consuming import DRIFT, Outcome

pytestmark = [pytest.mark.peers, pytest.mark.slow]

_HEAD_BYTES = 32 * 1024  # as in consumers/drift_rows.py
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


def cases() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name, pair in PAIRS.items():
        yield f"head-{name}", [{"v": value} for value in pair]
    for name, (first, last) in LATE.items():
        for where, nest in (("top", lambda value: value), ("deep", lambda value: {"w": value})):
            rows = [{"pad": _PAD, "v": nest(first)}] * 400
            yield f"late-{where}-{name}", [*rows, {"pad": _PAD, "v": nest(last)}]
    yield from ROWS.items()


CASES = dict(cases())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file for each case."""
    folder = tmp_path_factory.mktemp("drift")
    paths = {name: folder / f"{name}.jsonl" for name in CASES}
    for name, rows in CASES.items():
        paths[name].write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return paths


@pytest.fixture(scope="module")
def outcomes(
    files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Outcome]:
    """What datasets makes of each case."""
    return DRIFT.outcomes({"trl-text": files}, tmp_path_factory.mktemp("datasets"))["trl-text"]


def findings_in(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    judge: Judge = judge_of(PLAN)
    fact = judge.limits.facts["arrow_loader"]
    small = replace(fact, value={**fact.value, "head_bytes": _HEAD_BYTES})
    facts = {**judge.limits.facts, "arrow_loader": small}
    monkeypatch.setattr(judge, "limits", replace(judge.limits, facts=facts))
    report = judge_sources(PLAN, [Source(path.name, str(path), "jsonl")], ReadOptions())
    judge_whole(PLAN, report, path.name, date(2026, 1, 1))
    return report.first_findings()


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_is_that_of_datasets(
    name: str,
    files: dict[str, Path],
    outcomes: dict[str, Outcome],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = outcomes[name]
    theirs = "keeps" if kept == len(CASES[name]) else "changes"
    severities = {finding.severity for finding in findings_in(files[name], monkeypatch)}
    said = "stops" if "error" in severities else "changes" if "warning" in severities else "keeps"
    assert said == ("stops" if isinstance(kept, str) else theirs), kept
