"""However a Parquet file is cut into units of row groups, the result is that of one reading."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.shuffled import Shuffled
from tests.laws.test_any_units import outcome

from ftdata.engines import local
from ftdata.engines.local import judge_unit
from ftdata.engines.quota import Quota
from ftdata.engines.sharding import convert_unit, in_order, joined
from ftdata.engines.units import count_units, unit_byte_count, units_of
from ftdata.engines.validation import MergedUnits
from ftdata.model import ConvertPlan, Fault, ReadOptions, Report, Source, Unit, ValidatePlan
from ftdata.operators.converting import Converted
from ftdata.readers.parquet import read, read_unit

READING = ReadOptions()
unhurried = settings(deadline=None)

texts = st.sampled_from(["Q", "A" * 40, "", "é\n", " "])
turns = st.lists(
    st.fixed_dictionaries(
        {"role": st.sampled_from(["user", "assistant", "bot"]), "content": texts}
    ),
    min_size=1,
    max_size=4,
)
nested = st.lists(turns, max_size=30).map(
    lambda rows: pa.table({"messages": pa.array(rows, _MESSAGES)})
)
flat = st.lists(st.tuples(texts, texts), max_size=30).map(
    lambda rows: pa.table(
        {
            "prompt": pa.array([row[0] for row in rows], pa.string()),
            "completion": pa.array([row[1] for row in rows], pa.string()),
        }
    )
)
_MESSAGES = pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))
tables = st.one_of(nested, flat)
group_sizes = st.integers(1, 12)
unit_sizes = st.integers(1, 900)
damages = st.lists(st.floats(0, 1, exclude_max=True), max_size=2)


def source_of(folder: str, table: pa.Table, group_rows: int, damages: list[float]) -> Source:
    """A file whose pages have checksums, some of them damaged."""
    path = Path(folder) / "rows.parquet"
    pa.parquet.write_table(
        table,
        path,
        row_group_size=group_rows,
        compression="none",
        use_dictionary=False,
        write_page_checksum=True,
    )
    data = bytearray(path.read_bytes())
    metadata = pa.parquet.ParquetFile(path).metadata
    for index in damaged(table, group_rows, damages):
        column = metadata.row_group(index).column(0)
        # the last byte of a page is data, whatever its header says
        data[column.data_page_offset + column.total_compressed_size - 1] ^= 0xFF
    path.write_bytes(data)
    return Source("rows.parquet", str(path), "parquet")


def damaged(table: pa.Table, group_rows: int, damages: list[float]) -> set[int]:
    """The row groups that are damaged; none of a table without rows."""
    groups = -(-table.num_rows // group_rows)
    return {int(damage * groups) for damage in damages} if groups else set()


@unhurried
@given(tables, group_sizes, unit_sizes, damages)
def test_units_hold_each_row_once(
    table: pa.Table, group_rows: int, unit_bytes: int, damages: list[float]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = source_of(folder, table, group_rows, damages)
        whole = [
            numbered
            for batch in read(source, READING)
            for numbered in zip(batch.numbers, batch.items, strict=True)
        ]
        units = list(units_of(source, unit_bytes))
        found = []
        before = 0
        for unit in units:
            last = 0
            for batch in read_unit(unit, READING):
                found += zip((before + at for at in batch.numbers), batch.items, strict=True)
                last = batch.last_number
            before += last
        assert found == whole
        assert before == table.num_rows
        faults = [item for _, item in whole if isinstance(item, Fault)]
        assert len(faults) == len(damaged(table, group_rows, damages))
        assert count_units([source], unit_bytes) == len(units)
        assert sum(map(unit_byte_count, units)) == Path(source.path).stat().st_size
        assert [Unit.from_json(json.loads(json.dumps(unit.to_json()))) for unit in units] == units


@unhurried
@given(nested, group_sizes, unit_sizes, damages, st.randoms(use_true_random=False))
def test_any_units_in_any_order_give_the_same_report(
    table: pa.Table, group_rows: int, unit_bytes: int, damages: list[float], chance: random.Random
) -> None:
    plan = ValidatePlan(target="generic-chat", keep=5)
    with tempfile.TemporaryDirectory() as folder:
        source = source_of(folder, table, group_rows, damages)
        merged = MergedUnits(Report(keep=plan.keep))
        pool = Shuffled(partial(judge_unit, plan, READING), chance)
        for unit, judged in pool.run(
            units_of(source, unit_bytes), has_room=lambda: merged.waiting < 3
        ):
            merged.add(unit, judged)
        whole = local.judge_sources(plan, [source], READING)
        assert merged.report.to_json() == whole.to_json()


@unhurried
@given(tables, group_sizes, unit_sizes, damages, st.randoms(use_true_random=False))
def test_any_units_in_any_order_are_converted_to_the_same_bytes(
    table: pa.Table, group_rows: int, unit_bytes: int, damages: list[float], chance: random.Random
) -> None:
    plan = ConvertPlan("openai-sft")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = source_of(name, table, group_rows, damages)

        def in_units() -> Iterator[Converted]:
            shards = folder / "shards"
            shards.mkdir()
            pool: Any = Shuffled(partial(convert_unit, plan, READING, str(shards)), chance)
            yield from joined(in_order(pool, units_of(source, unit_bytes), 3, None))[1]
            assert list(shards.iterdir()) == []

        def whole() -> Iterator[Converted]:
            yield from local.convert_source(plan, source, READING, Quota())[1]

        assert outcome(whole, folder / "whole") == outcome(in_units, folder / "units")
