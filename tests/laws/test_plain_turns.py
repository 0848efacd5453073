"""Rows of a table become the same lines and rejects, whether many are converted at once or one by one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ftdata.catalog.target_catalog import target_ids
from ftdata.layouts.registry import all_layouts
from ftdata.model import Batch, ConvertPlan, Fault, TableRows
from ftdata.operators.converting import Conversion, Converted

unhurried = settings(deadline=None, max_examples=300)

PLANNED = [layout.name for layout in all_layouts() if layout.turns is not None]

#: Columns that make a table of a layout, and such as may stand beside them.
PAIRS = {"alpaca": ("instruction", "output"), "question-answer": ("question", "Answer")}
BESIDE = ("input", "history", "system", "context", "id", "x y")
#: What could be taken for the ends of texts and of lines, or for a place in one, and what says nothing.
words = st.sampled_from(
    [
        *('"', '","', '"],["', "\\", '\\","', "\\\\", "%", "%b", "%%", "\n", "\r", "\x1a", "\x00"),
        *("text 0", "\x1atext 1\x1a", "a", "é", "字", "😀", "\u2028", " ", "\u3000", "\x85", "{x}"),
        *("[]", '[["a", "b"]]', '[{"role": "user", "content": "x"}]', "null"),
    ]
)
cells = st.lists(words, max_size=3).map("".join) | st.just("\ud800")
said = st.lists(words, max_size=4).map(lambda some: "a" + "".join(some))
asked = st.sampled_from(
    ["prompt", "{prompt}: {id}", "hi", "a{{{x y}}}\n%b", "no such", "{no such}"]
)
rarely = st.booleans().flatmap(lambda is_so: st.booleans() if is_so else st.just(False))


@st.composite
def conversions(draw: st.DrawFn) -> tuple[ConvertPlan, TableRows]:
    """A plan and a table that it mostly fits, with rows that are mostly whole and say something."""
    layout = draw(st.sampled_from(PLANNED))
    pair = PAIRS.get(layout, ("prompt", "completion"))
    beside = draw(st.lists(st.sampled_from(BESIDE), max_size=3, unique=True))
    names = draw(st.permutations([*pair, *beside]))
    chosen = {"user": draw(st.sampled_from(names)), "system": "?"} if draw(rarely) else {}
    named = layout == "columns"
    plan = ConvertPlan(
        target=draw(st.sampled_from([name for name in target_ids() if name != "trl-text"])),
        layout=layout,
        columns=tuple(chosen.items()),
        user=draw(st.just("prompt") | asked) if named else None,
        assistant=draw(st.just("completion") | asked) if named else None,
        system=draw(st.none() | st.sampled_from(["Be %b.", "system", " "]) | asked),
        on_empty=draw(st.sampled_from(["reject", "drop", "keep"])),
        on_loss=draw(st.sampled_from(["report", "report", "fail"])),
    )
    row = st.tuples(*[said] * len(names)).map(list)
    any_row = st.tuples(*[cells] * len(names)).map(list)
    fault = st.builds(Fault, st.just("ragged-row"), st.just({"cells": 1, "columns": 2}))
    return plan, TableRows(names, draw(st.lists(row | row | any_row | fault, max_size=9)))


def both_ways(plan: ConvertPlan, rows: TableRows) -> tuple[Converted, Converted]:
    conversion = Conversion(plan)
    batch = Batch("table.csv", [*range(2, len(rows) + 2)], rows)
    return conversion.convert(batch), conversion.convert(replace(batch, items=[*rows]))


@unhurried
@given(conversions())
@example((ConvertPlan("openai-sft", "alpaca"), TableRows(["instruction", "output"], [])))
@example(
    (
        ConvertPlan("openai-sft", "columns", user="{{a}}", assistant="{{b}}"),
        TableRows(["a", "b"], [["c", "d"]]),
    )
)
def test_many_at_once_is_one_by_one(conversion: tuple[ConvertPlan, TableRows]) -> None:
    at_once, one_by_one = both_ways(*conversion)
    assert at_once == one_by_one


@unhurried
@given(st.sampled_from(PLANNED), st.lists(st.tuples(said, said), min_size=1))
def test_rows_that_say_something_are_never_looked_at(
    layout: str, texts: list[tuple[str, str]]
) -> None:
    plan = ConvertPlan("openai-sft", layout)
    if layout == "columns":
        plan = replace(plan, user="prompt", assistant="completion")
    rows = TableRows(PAIRS.get(layout, ("prompt", "completion")), [[*row] for row in texts])

    def looked_at(*_: Any) -> None:
        pytest.fail("a row was converted by itself")

    with patch.object(Conversion, "_convert_item", looked_at):
        found = Conversion(plan).convert(Batch("table.csv", [*range(len(rows))], rows))
    lines = [json.loads(line) for line in found.lines]
    assert [tuple(turn["content"] for turn in line["messages"]) for line in lines] == texts
