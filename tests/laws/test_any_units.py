"""However a file is cut into units, in whatever order they are done: the result is that of one reading."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.engines.shuffled import Shuffled

from ftdata.engines import local
from ftdata.engines.conversion import ConversionAccounts, OutputRequest, write_conversion
from ftdata.engines.local import judge_unit
from ftdata.engines.quota import Quota
from ftdata.engines.sharding import convert_unit, in_order, joined
from ftdata.engines.units import count_units, unit_byte_count, units_of
from ftdata.engines.validation import MergedUnits
from ftdata.errors import FtdataError
from ftdata.model import ConvertPlan, ReadOptions, Report, Source, Unit, ValidatePlan
from ftdata.operators.converting import Converted
from ftdata.readers.jsonl import read, read_unit

GOOD = json.dumps(
    {"messages": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}]}
).encode()
LONG = GOOD.replace(b'"Q"', b'"' + b"long " * 60 + b'"')
unhurried = settings(deadline=None)

lines = st.sampled_from(
    [
        GOOD,
        GOOD,
        LONG,
        GOOD.replace(b"assistant", b"bot"),
        GOOD.replace(b'"Q"', b"12345678901234567890123"),
        GOOD + GOOD,
        GOOD[:-9],
        GOOD.replace(b"Q", b"\xff"),
        b'{"row": "x", "a": 1}',
        GOOD.replace(b'"Q"', b'"Q", "mood": 1, "name": "ann"'),
        GOOD.replace(b'"A"', b'"A", "reasoning_content": "T"').replace(b"]}", b'], "id": 1}'),
        b"[1]",
        b"",
        b" \t",
    ]
)
files = st.builds(
    lambda mark, pieces, last: mark + b"".join(pieces) + last,
    st.sampled_from([b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\x89PNG\r\n\x1a\n", b"[\n"]),
    st.lists(
        st.builds(bytes.__add__, lines, st.sampled_from([b"\n", b"\n", b"\r\n"])), max_size=25
    ),
    st.sampled_from([b"", b"", GOOD, GOOD[:30], b"  ", b"\r"]),
)
unit_sizes = st.integers(1, 700)
readings = st.builds(ReadOptions, max_line_bytes=st.sampled_from([10**6, 300]))


def source_of(folder: str, content: bytes) -> Source:
    path = Path(folder) / "rows.jsonl"
    path.write_bytes(content)
    return Source("a \"row\":1, 'b'.jsonl", str(path), "jsonl")


@unhurried
@given(files, unit_sizes, readings, st.integers(1, 50))
@example(b"\n" * 9, 1, ReadOptions(), 1)
@example(b"\xef\xbb\xbf{}\n{}", 6, ReadOptions(), 1)
def test_units_hold_each_line_once(
    content: bytes, unit_bytes: int, options: ReadOptions, block_bytes: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = source_of(folder, content)
        units = list(units_of(source, unit_bytes))
        whole = [
            numbered
            for batch in read(source, options)
            for numbered in zip(batch.numbers, batch.items, strict=True)
        ]
        found = []
        before = 0
        for unit in units:
            last = 0
            ended = False
            for batch in read_unit(unit, options, block_bytes=block_bytes):
                numbers = [before + number for number in batch.numbers]
                found += zip(numbers, batch.items, strict=True)
                last, ended = batch.numbers[-1], batch.ends_source
            if ended:
                break
            before += last
        assert found == whole
        assert [unit.index for unit in units] == list(range(len(units)))
        assert count_units([source], unit_bytes) == len(units)
        assert sum(map(unit_byte_count, units)) == len(content)
        through_json = [Unit.from_json(json.loads(json.dumps(unit.to_json()))) for unit in units]
        assert through_json == units


@unhurried
@given(files, unit_sizes, readings, st.integers(1, 9), st.randoms(use_true_random=False))
def test_any_units_in_any_order_give_the_same_report(
    content: bytes, unit_bytes: int, options: ReadOptions, keep: int, chance: random.Random
) -> None:
    plan = ValidatePlan(target="openai-sft", keep=keep, counts=(("o200k_base", 20),))
    with tempfile.TemporaryDirectory() as folder:
        source = source_of(folder, content)
        merged = MergedUnits(Report(keep=keep))
        pool = Shuffled(partial(judge_unit, plan, options), chance)
        for unit, judged in pool.run(
            units_of(source, unit_bytes), has_room=lambda: merged.waiting < 3
        ):
            merged.add(unit, judged)
        whole = local.judge_sources(plan, [source], options)
        assert merged.waiting == 0
        assert merged.report.to_json() == whole.to_json()


@unhurried
@given(
    files,
    unit_sizes,
    readings,
    st.sampled_from(["report", "report", "fail"]),
    st.randoms(use_true_random=False),
)
def test_any_units_in_any_order_are_converted_to_the_same_bytes(
    content: bytes, unit_bytes: int, options: ReadOptions, on_loss: str, chance: random.Random
) -> None:
    plan = ConvertPlan("openai-sft", on_loss=on_loss)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = source_of(name, content)

        def in_units() -> Iterator[Converted]:
            shards = folder / "shards"
            shards.mkdir()
            pool: Any = Shuffled(partial(convert_unit, plan, options, str(shards)), chance)
            yield from joined(in_order(pool, units_of(source, unit_bytes), 3, None))[1]
            assert list(shards.iterdir()) == []

        def whole() -> Iterator[Converted]:
            yield from local.convert_source(plan, source, options, Quota())[1]

        assert outcome(whole, folder / "whole") == outcome(in_units, folder / "units")


def outcome(parts: Callable[[], Iterator[Converted]], folder: Path) -> object:
    """The bytes written and the accounts, or the error."""
    accounts = ConversionAccounts()
    request = OutputRequest(str(folder / "out.jsonl"), str(folder / "rejects.jsonl"))
    try:
        write_conversion(parts(), request, accounts)
    except FtdataError as error:
        return (type(error), str(error))
    accounts.outputs = {}
    accounts.rejects_path = None
    return accounts, {path.name: path.read_bytes() for path in folder.iterdir()}
