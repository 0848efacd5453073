"""The kinds of values that were seen: any split in any order gives the same, and so does any unit size."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.engines.local import judge_sources, judge_unit
from ftdata.engines.units import units_of
from ftdata.engines.validation import MergedUnits
from ftdata.model import ReadOptions, Report, Source, ValidatePlan, ValueKinds
from ftdata.model.value_kinds import Place, value_kind
from ftdata.operators.columns import outcomes
from ftdata.operators.judging import Judge, judge_of

unhurried = settings(deadline=None)
places = st.builds(
    Place,
    st.integers(0, 1),
    st.integers(1, 20),
    st.integers(0, 400),
    st.sampled_from(["", "/a"]),
    st.just("a.jsonl"),
)
seen = st.tuples(
    st.sampled_from(["", "/a", "/b", "/a/*"]),
    st.sampled_from(["null", "integer", "text", "date", '{["a"]', '{["a", "b"]']),
    places,
)


def kinds_of(some: list[tuple[str, str, Place]], keep: int) -> ValueKinds:
    kinds = ValueKinds(keep=keep)
    for path, kind, place in some:
        kinds.note(path, kind, place)
    return kinds


@given(st.lists(seen, max_size=40), st.integers(30, 40), st.integers(1, 5), st.randoms())
def test_any_split_in_any_order_gives_the_same_kinds(
    some: list[tuple[str, str, Place]], keep: int, parts: int, chance: random.Random
) -> None:
    shares: list[list[tuple[str, str, Place]]] = [[] for _ in range(parts)]
    for one in some:
        chance.choice(shares).append(one)
    merged = ValueKinds(keep=keep)
    for share in shares:
        part = kinds_of(share, keep).to_json()
        merged.include(ValueKinds.from_json(json.loads(json.dumps(part))))
    assert merged.to_json() == kinds_of(some, keep).to_json()


@given(st.lists(seen, max_size=60), st.integers(1, 6), st.integers(1, 4), st.randoms())
def test_what_is_kept_is_bounded_and_the_first(
    some: list[tuple[str, str, Place]], keep: int, parts: int, chance: random.Random
) -> None:
    some = [(path, kind, place) for path, kind, place in some if kind != "date"]
    everything = kinds_of(some, 1000).settle()
    kept = ValueKinds(keep=keep)
    for _ in range(parts):
        kept.include(kinds_of(chance.sample(some, len(some)), keep))
    assert list(kept.settle().items()) == list(everything.items())[:keep]
    assert kept.cut == (len(everything) > keep)


texts = st.sampled_from(["hi", "42", "2024-01-02", "2024-01-03T10:00", "x"])
values = st.recursive(
    st.none() | st.booleans() | st.sampled_from([1, 2**70, 1.5, 1 / 3]) | texts,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "*", "~", "b/c"]), inner, max_size=2)
    ),
    max_leaves=4,
)
turns = st.lists(
    st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant"]), "content": texts}),
    min_size=1,
    max_size=3,
)
rows = st.fixed_dictionaries({"messages": turns}, optional={"a": values, "tools": st.just([])})


def judged_by_units(source: Source, plan: ValidatePlan, unit_bytes: int) -> ValueKinds:
    merged = MergedUnits(Report(keep=plan.keep))
    for unit in units_of(source, unit_bytes):
        merged.add(unit, judge_unit(plan, ReadOptions(), unit))
    return merged.report.kinds


@unhurried
@given(st.lists(rows, max_size=12), st.integers(1, 400), st.booleans())
def test_units_and_the_fast_path_see_the_same_kinds(
    some: list[dict[str, Any]], unit_bytes: int, is_fast: bool
) -> None:
    plan = ValidatePlan("trl-sft", keep=999 if is_fast else 998)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in some), encoding="utf-8")
        source = Source("rows.jsonl", str(path), "jsonl")
        by_units = judged_by_units(source, plan, unit_bytes).to_json()
        assert by_units == judge_sources(plan, [source], ReadOptions()).kinds.to_json()
        assert by_units == looked_at_slowly(some).to_json()
    list(outcomes(ValueKinds.from_json(by_units), judge_of(plan).limits.arrow_loader or {}))


def looked_at_slowly(some: list[dict[str, Any]]) -> ValueKinds:
    """All values of all rows, one by one."""
    kinds = ValueKinds()
    offset = 0
    for line, row in enumerate(some, start=1):
        for path, pointer, value in walked(row, "", ""):
            place = Place(0, line, offset, pointer, "rows.jsonl")
            kind = value_kind(value)
            if kind == "text" and "text" not in kinds_at(kinds, path) and is_json(value):
                kinds.note(path, "text of JSON", place)
            kinds.note(path, kind, place)
        offset += len(json.dumps(row)) + 1
    return kinds


def kinds_at(kinds: ValueKinds, path: str) -> set[str]:
    return {kind for at, kind in kinds.first if at == path}


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def walked(value: Any, path: str, pointer: str) -> Any:
    yield path, pointer, value
    if isinstance(value, dict):
        for key, inner in value.items():
            step = key.replace("~", "~0").replace("/", "~1")
            yield from walked(inner, f"{path}/{'~2' if key == '*' else step}", f"{pointer}/{step}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walked(inner, f"{path}/*", f"{pointer}/{index}")


def test_only_targets_with_such_a_loader_are_watched() -> None:
    assert Judge(ValidatePlan("trl-sft")).watches
    assert not Judge(ValidatePlan("trl-sft", ignore=("FT61",))).watches
    assert not Judge(ValidatePlan("openai-sft")).watches
