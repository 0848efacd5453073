"""Rows with answers come back as they were: read, and written again for the same target."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata import convert
from ftdata.catalog.target_catalog import load_target
from ftdata.model import Example, Fault
from ftdata.renderers.fitting import fit, room_at
from ftdata.renderers.registry import renderer_named
from ftdata.rules.shape.schema_check import schema_check

said = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
users = st.fixed_dictionaries({"role": st.just("user"), "content": said})
replies = st.fixed_dictionaries({"role": st.just("assistant"), "content": said})
systems = st.fixed_dictionaries({"role": st.just("system"), "content": said})
rounds = st.lists(st.tuples(users, replies), max_size=2).map(lambda found: [*chain(*found)])
prompts = st.tuples(st.lists(systems, max_size=1), rounds, users).map(
    lambda parts: [*parts[0], *parts[1], parts[2]]
)
call = {"id": "c1", "type": "function", "function": {"name": "stock", "arguments": "{}"}}
calling = replies.map(
    lambda reply: [
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "tool", "content": "12", "tool_call_id": "c1"},
        reply,
    ]
)
tools = st.just([{"type": "function", "function": {"name": "stock"}}])
one_answer = replies.map(lambda reply: [reply])


def pairs(chosen: st.SearchStrategy[Any], **beside: st.SearchStrategy[Any]) -> Any:
    return st.fixed_dictionaries(
        {"messages": prompts, "chosen": chosen, "rejected": one_answer}, optional=beside
    )


single = st.tuples(prompts, replies).map(lambda parts: {"messages": [*parts[0], parts[1]]})
judged = st.tuples(single, st.booleans()).map(lambda parts: {**parts[0], "label": parts[1]})
asked = st.fixed_dictionaries(
    {"messages": prompts},
    optional={
        "tools": tools,
        "item": st.dictionaries(
            st.sampled_from(["reference_answer", "rubric", "parts"]),
            said | st.booleans() | st.dictionaries(said, st.integers(-5, 5), max_size=2),
            min_size=1,
        ),
    },
)

EXAMPLES = {
    "openai-dpo": pairs(one_answer, tools=tools, parallel_tool_calls=st.booleans()),
    "azure-dpo": pairs(one_answer | calling, tools=tools),
    "together-dpo": pairs(one_answer, tools=tools),
    "fireworks-dpo": pairs(one_answer, tools=tools),
    "gemini-preference": pairs(one_answer),
    "autotrain-dpo": pairs(one_answer),
    "trl-dpo": pairs(one_answer | calling, tools=tools),
    "trl-kto": judged | pairs(one_answer),
    "llamafactory-dpo": pairs(one_answer),
    "llamafactory-kto": judged,
    "trl-prompt-completion": single,
    "openai-rft": asked,
    "azure-rft": asked,
    "bedrock-rft": asked,
}

each_target = pytest.mark.parametrize("target", EXAMPLES)


def row_of(target: str, example: Example) -> dict[str, Any]:
    loaded = load_target(target)
    renderer = renderer_named(loaded.renderer)
    fitting = fit(example, room_at(renderer.room, loaded), [])
    assert not isinstance(fitting, Fault), fitting
    row = renderer.render(fitting)
    assert not isinstance(row, Fault), row
    return row


@each_target
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_row_is_written_again_as_it_was(target: str, data: st.DataObject) -> None:
    row = row_of(target, data.draw(EXAMPLES[target]))
    assert schema_check(load_target(target).schema).is_valid(row)
    result = convert([row], to=target)
    assert [json.dumps(one) for one in result.rows] == [json.dumps(row)]
    assert not result.accounts.not_carried


PAIR_TARGETS = [name for name in EXAMPLES if name.endswith("-dpo") or name == "gemini-preference"]


@pytest.mark.parametrize("target", PAIR_TARGETS)
@settings(deadline=None, max_examples=20)
@given(example=pairs(one_answer))
def test_a_pair_goes_from_each_target_to_each(target: str, example: Example) -> None:
    row = row_of(target, example)
    for other in PAIR_TARGETS:
        result = convert([row], to=other)
        assert [*result.rows] == [row_of(other, example)]
        assert not result.accounts.not_carried
