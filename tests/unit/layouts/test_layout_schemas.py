"""The schemas of record layouts say what the layouts recognise."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.layouts import alpaca, prompt_completion, question_answer
from ftdata.layouts.names import normal
from ftdata.layouts.registry import all_layouts, layout_named
from ftdata.layouts.table import Table
from ftdata.model import Layout
from ftdata.resources import all_schemas, load_schema
from ftdata.rules.shape.compiled import BASE, compiled_reference
from tests.unit.layouts.layout_cases import specimens

SPECIMENS = specimens()
TABLES = (alpaca.TABLE, prompt_completion.TABLE, question_answer.TABLE)
BY_NAME = [*(table.name for table in TABLES), "kto", "preference", "text"]

#: Layouts that look for the only key of a kind; a schema can only say that there is one.
ANY_ONE_KEY = ("chat", "transcript-field")

each_layout = pytest.mark.parametrize("name", [layout.name for layout in all_layouts()])


def fits(layout: str, record: Any) -> bool:
    """Judges a record, its keys in the form in which the schema names them."""
    if layout in BY_NAME and isinstance(record, dict):
        record = {normal(key): value for key, value in record.items()}
    return bool(compiled_reference(f"{BASE}layouts/{layout}.json").judge(record))


def test_every_record_layout_has_a_schema() -> None:
    folder = "layouts/"
    named = {
        name.removeprefix(folder).removesuffix(".json")
        for name in all_schemas()
        if name.startswith(folder) and "/" not in name.removeprefix(folder)
    }
    assert named == {layout.name for layout in all_layouts()}


@each_layout
def test_a_schema_takes_what_its_layout_recognises_and_nothing_else(name: str) -> None:
    layout = layout_named(name)
    assert isinstance(layout, Layout)
    if name == "columns":
        assert fits(name, {"any": "row"})
        assert not fits(name, [])
        return
    fitting = [str(record) for _, record in SPECIMENS if fits(name, record)]
    recognised = [str(record) for _, record in SPECIMENS if layout.recognises(record)]
    assert recognised
    assert set(recognised) <= set(fitting)
    if name not in ANY_ONE_KEY:
        assert set(fitting) == set(recognised)
    assert len(fitting) < len(SPECIMENS)


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_the_schema_of_a_table_names_the_columns_that_its_module_names(table: Table) -> None:
    named = load_schema(f"layouts/{table.name}.json")["properties"]
    assert set(named) == {normal(name) for names in table.roles().values() for name in names}
