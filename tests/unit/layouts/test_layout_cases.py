"""The case files of layouts: what a user could own, and what becomes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ftdata.layouts.registry import all_layouts, all_text_layouts, detect_text, layout_of
from ftdata.model import LayoutOptions
from tests.unit.layouts.layout_cases import FOLDER, Case, all_cases, specimens

each_case = pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.folder.name)
SPECIMENS = specimens()


@each_case
def test_a_case_becomes_what_its_file_says(case: Case) -> None:
    assert case.outcome() == case.expected


@each_case
def test_a_case_takes_the_keys_in_the_order_that_its_file_shows(case: Case) -> None:
    found, expected = (json.dumps(lines) for lines in (case.outcome(), case.expected))
    assert found == expected


@each_case
def test_a_document_is_recognised_as_its_own_layout(case: Case) -> None:
    path = case.folder / "input.txt"
    if path.exists() and case.layout != "chunks" and case.options.roles == {}:
        assert detect_text(path.read_text("utf-8").split("\n")) == [case.layout]


@pytest.mark.parametrize(("layout", "record"), SPECIMENS, ids=[name for name, _ in SPECIMENS])
def test_exactly_one_layout_wins_a_specimen_and_it_is_its_own(layout: str, record: Any) -> None:
    assert layout_of(record) == layout
    carried = [
        len(other.uses(record, LayoutOptions()))
        for other in all_layouts()
        if other.recognises(record)
    ]
    assert sorted(carried).count(max(carried)) == 1


def test_every_layout_has_a_case() -> None:
    shown = {case.layout for case in all_cases()}
    assert shown == {layout.name for layout in (*all_layouts(), *all_text_layouts())}


def test_cases_stand_in_folders_only() -> None:
    assert all(path.is_dir() for path in FOLDER.iterdir())
