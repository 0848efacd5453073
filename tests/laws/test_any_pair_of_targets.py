"""From any target to any other: a row keeps all that its reported losses do not speak of, or is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.laws import agent_examples as some
from tests.laws.forgetting import FORGET, forgotten, system_joined

from ftdata import validate
from ftdata.catalog.target_catalog import load_target, target_ids
from ftdata.layouts.registry import layout_named, layout_of
from ftdata.model import LOSSES, Batch, ConvertPlan, Example, Fault, Layout, LayoutOptions
from ftdata.operators.converting import Converted, conversion_of
from ftdata.renderers.fitting import fit, room_at
from ftdata.renderers.registry import renderer_named
from ftdata.rules.shape.schema_check import schema_check

PAIRS = {"autotrain-dpo", "azure-dpo", "fireworks-dpo", "openai-dpo", "together-dpo", "trl-dpo"}
PAIRS |= {"gemini-preference", "llamafactory-dpo"}
GRADED = {"openai-rft", "azure-rft", "bedrock-rft"}
TEXT = {"trl-text", "unsloth-text"}
WORDS = {"autotrain-sft", "bedrock-claude-sft", "bedrock-llama-sft", "bedrock-nova-sft"}
WORDS |= {"llamafactory-alpaca", "torchtune-chat", "unsloth-sharegpt"}
#: Their readers put several system texts together, which stand apart in the row.
APART = {"bedrock-nova-sft", "gemini-sft"}


def examples_for(target: str) -> st.SearchStrategy[Any]:
    """Examples of which most can be written for the target."""
    if target in PAIRS:
        return some.pairs
    if target in GRADED:
        return some.graded
    if target in TEXT:
        return some.texts
    if target in WORDS:
        return some.plain_chats
    if target == "unsloth-alpaca":
        return some.rounds
    if target == "llamafactory-kto":
        return some.judged
    return some.judged | some.pairs if target == "trl-kto" else some.chats


def written(example: Example, target: str) -> tuple[Any, list[str]]:
    """The row that is written for a target, or a fault, and the losses."""
    loaded = load_target(target)
    renderer = renderer_named(loaded.renderer)
    losses: list[str] = []
    room = room_at(renderer.room, loaded)
    fitted = fit(example, room, losses)
    if isinstance(fitted, Fault):
        return fitted, losses
    again: list[str] = []
    assert fit(fitted, room, again) == fitted
    assert again in ([], ["reply-as-reference"])
    return renderer.render(fitted), losses


def read(row: Any) -> Example:
    name = layout_of(row)
    assert name is not None, row
    layout = layout_named(name)
    assert isinstance(layout, Layout)
    example = layout.to_example(row, LayoutOptions())
    assert not isinstance(example, Fault), (row, example)
    return example


def errors_of(row: Any, target: str) -> set[str]:
    """The codes of what the target refuses about the shape, the turns and the tools of a row."""
    found = [one.code for one in validate([row], target=target).findings if one.severity == "error"]
    return {code for code in found if code.startswith(("FT2", "FT3", "FT4"))}


def may_stay(example: Example) -> set[str]:
    """Convert does not change what is trained."""
    turns = [*example.get("messages", ()), *example.get("chosen", ())]
    return {"FT309"} if any(turn.get("weight") == 0 for turn in turns) else set()


def beside(row: Any) -> dict[str, Any]:
    """What a grader reads."""
    return {key: row[key] for key in row if key not in ("messages", "tools")}


def converted(row: Any, target: str, on_loss: str = "report") -> Converted:
    plan = ConvertPlan(target, layout_of(row), on_loss=on_loss)
    return conversion_of(plan).convert(Batch("rows", [1], [row]))


def compare(row: Any, source: str, target: str) -> bool:
    """Converts a row of one target to another; False where it is refused."""
    before = read(row)
    result = converted(row, target)
    losses = {*result.losses.counts}
    if result.rejected:
        assert not losses
        assert {*result.reasons} <= {"FT225", "FT226"}
        return False
    line = json.loads(result.lines[0])
    check = schema_check(load_target(target).schema)
    assert check.is_valid(line), [*check.explain(line)]
    assert errors_of(line, target) <= may_stay(before)
    left, right = forgotten(before, losses), forgotten(read(line), losses)
    if target in APART and "system-folded-into-user" not in losses:
        system_joined(left)
        system_joined(right)
    assert left == right, losses
    if "reply-as-reference" in losses:
        assert line["reference_answer"]
    elif target in GRADED and source in GRADED:
        assert beside(line) == beside(row)
    strict = converted(row, target, on_loss="fail")
    assert strict.reasons == ({"FT230": 1} if losses else {})
    return True


def test_all_losses_can_be_forgotten() -> None:
    assert {*FORGET} == LOSSES.keys() - {"part-dropped", "turn-key-dropped"}


unhurried = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@settings(unhurried, max_examples=400)
@given(st.sampled_from(target_ids()), st.sampled_from(target_ids()), st.data())
def test_some_pair_keeps_what_no_loss_speaks_of(
    source: str, target: str, data: st.DataObject
) -> None:
    row, _ = written(data.draw(examples_for(source)), source)
    assume(not isinstance(row, Fault))
    assert schema_check(load_target(source).schema).is_valid(row)
    compare(row, source, target)


@pytest.mark.slow
@pytest.mark.parametrize("source", target_ids())
@settings(unhurried, max_examples=25)
@given(st.data())
def test_every_pair_keeps_what_no_loss_speaks_of(source: str, data: st.DataObject) -> None:
    row, _ = written(data.draw(examples_for(source)), source)
    assume(not isinstance(row, Fault))
    for target in target_ids():
        compare(row, source, target)
