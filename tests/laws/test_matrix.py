"""The matrix gives each target the report that the target has alone, however the data is cut."""

from __future__ import annotations

import io
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from chat_records import chats, junk, pairs, records
from hypothesis import given, settings
from hypothesis import strategies as st
from test_fast_judge import CHANGES, CLEAN_ROWS, ODD_ROWS, PAIR, TOOL_ROW, blocks, plain_chats
from tests.engines.shuffled import Shuffled
from tool_rows import tool_chats

from ftdata.catalog.target_catalog import load_target, target_ids
from ftdata.engines.local import judge_batches, judge_sources
from ftdata.engines.matrix import judge_matrix_batches, judge_matrix_sources, judge_matrix_unit
from ftdata.engines.units import units_of
from ftdata.engines.validation import MergedUnits, validate_sources
from ftdata.model import (
    Batch,
    Limits,
    Matrix,
    MatrixPlan,
    ReadOptions,
    Source,
    ValidatePlan,
    facts_of,
)
from ftdata.operators.matrix import matrix_judge_of
from ftdata.operators.verdicts import read_by
from ftdata.readers.jsonl import read_stream
from ftdata.renderers.registry import renderer_named

TARGETS = target_ids()
READING = ReadOptions()


def plan_of(*, targets: Sequence[str] = TARGETS, **values: Any) -> MatrixPlan:
    return MatrixPlan(tuple(ValidatePlan(target, **values) for target in targets))


PLANS = [
    plan_of(keep=1000),
    plan_of(keep=1),
    plan_of(keep=2, select=("FT2", "FT3", "FT4")),
    plan_of(keep=1, ignore=("FT203", "FT302", "FT108")),
    plan_of(keep=1, max_tokens=30, encoding="o200k_base"),
    plan_of(keep=1, targets=("openai-sft", "trl-dpo")),
]


def check(plan: MatrixPlan, batches: Sequence[Batch]) -> None:
    """Twice: what was learned of the records must change nothing."""
    alone = {each.target: judge_batches(each, iter(batches)).to_json() for each in plan.plans}
    for _ in range(2):
        matrix = judge_matrix_batches(plan, iter(batches))
        for target, report in matrix.reports.items():
            assert report.to_json() == alone[target], target


def lines_of(data: bytes) -> list[Batch]:
    stream: Any = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]
    return [*read_stream(stream, "x", READING)]


@given(blocks(), st.sampled_from(PLANS))
@settings(max_examples=80, deadline=None)
def test_each_target_has_its_own_report(data: bytes, plan: MatrixPlan) -> None:
    check(plan, lines_of(data * 2))


@pytest.mark.slow
@given(blocks(), st.sampled_from(PLANS))
@settings(max_examples=800, deadline=None)
def test_each_target_has_its_own_report_for_thousands_of_blocks(
    data: bytes, plan: MatrixPlan
) -> None:
    check(plan, lines_of(data * 2))


rows = plain_chats | tool_chats | chats | pairs | records


@given(st.lists(rows | junk, max_size=4), st.sampled_from(PLANS))
@settings(max_examples=80, deadline=None)
def test_rows_of_tables_and_of_memory_are_judged_alike(some: list[Any], plan: MatrixPlan) -> None:
    found = [row for row in some if isinstance(row, (dict, str))] * 2
    check(plan, [Batch("x", [*range(1, len(found) + 1)], found)])


def rendered() -> Iterator[dict[str, Any]]:
    """A good row of every target that can write one."""
    for target in TARGETS:
        renderer = renderer_named(load_target(target).renderer)
        for example in ({"text": "a"}, PAIR, CLEAN_ROWS[0], TOOL_ROW):
            row = renderer.render(example)
            if isinstance(row, dict):
                yield row


def test_good_rows_of_every_target_and_those_like_them() -> None:
    """Long lists, in which items are alike, and texts of which each other one is longer."""
    lines = []
    for row in rendered():
        lines += [row, json.loads(json.dumps(row).replace("Hi", "Hello there, " * 9))]
        for key, value in row.items():
            if isinstance(value, list) and value:
                lines += [{**row, key: value * times} for times in (2, 5, 9)]
    data = b"\n".join(json.dumps(line).encode() for line in lines * 2)
    check(plan_of(keep=1), lines_of(data))


@pytest.mark.parametrize("plan", PLANS[:2], ids=["all kept", "one kept"])
def test_every_change_to_every_kind_of_row(plan: MatrixPlan) -> None:
    for row in [*CLEAN_ROWS, TOOL_ROW, *ODD_ROWS]:
        line = json.dumps(row).encode()
        changed = [line.replace(before, after, 1) for before, after in CHANGES]
        check(plan, [Batch("x", [*range(1, 2 * len(changed) + 1)], changed * 2)])


@given(
    st.lists(blocks(), max_size=3),
    st.integers(1, 400),
    st.integers(1, 3),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None)
def test_units_in_any_order_give_the_same_matrix(
    data: list[bytes], unit_bytes: int, keep: int, chance: random.Random
) -> None:
    plan = plan_of(keep=keep, targets=("openai-sft", "gemini-sft", "bedrock-nova-sft", "trl-dpo"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        path.write_bytes(b"\n".join(data))
        source = Source("rows.jsonl", str(path), "jsonl")
        merged = MergedUnits(Matrix.of(plan.targets, keep=keep))
        pool = Shuffled(partial(judge_matrix_unit, plan, READING), chance)
        for unit, judged in pool.run(
            units_of(source, unit_bytes), has_room=lambda: merged.waiting < 3
        ):
            merged.add(unit, judged)
        whole = judge_matrix_sources(plan, [source], READING)
        for each in plan.plans:
            alone = judge_sources(each, [source], READING).to_json()
            assert merged.report.reports[each.target].to_json() == alone
            assert whole.reports[each.target].to_json() == alone
            assert validate_sources(each, [source], READING).to_json() == alone


class Recorder:
    """Limits that know what was asked of them."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.read: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.read.add(name)
        return getattr(self.limits, name)


@given(tool_chats)
@settings(max_examples=100, deadline=None)
def test_rules_on_tools_look_at_few_facts(record: Any) -> None:
    facts = facts_of(record)
    if facts is None:
        return
    for judge in matrix_judge_of(plan_of()).judges:
        for rule in judge.turn_rules:
            if rule.on_tools and rule.flags and rule.locate:
                limits: Any = Recorder(judge.limits)
                rule.flags(facts, limits)
                [*rule.locate(record, limits)]
                assert limits.read <= {*read_by(rule)}, rule.code


def test_all_shipped_schemas_are_understood() -> None:
    judge = matrix_judge_of(plan_of())
    assert judge.sketcher is not None
    assert judge.sketcher.texts_alike
    assert judge.plain is not None


def test_records_that_are_built_alike_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = matrix_judge_of(plan_of(keep=7))
    looked = []
    ask = judge.verdicts.of

    def counting(record: Any, sketch: Any) -> Any:
        looked.append(record)
        return ask(record, sketch)

    monkeypatch.setattr(judge.verdicts, "of", counting)
    lines = [
        json.dumps({"prompt": f"What is {number}?", "completion": "A number. " * number}).encode()
        for number in range(1, 60)
    ]
    matrix = judge_matrix_batches(plan_of(keep=7), iter([Batch("x", [*range(1, 60)], lines)]))
    assert len(looked) == 1
    assert {report.records for report in matrix.reports.values()} == {59}
