"""What a trainer's row can hold comes back from it: example -> row -> example changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.catalog.target_catalog import load_target
from ftdata.layouts.registry import detect, layout_named
from ftdata.model import Example, Fault, Layout, LayoutOptions
from ftdata.renderers.registry import renderer_named
from ftdata.rules.shape.schema_check import schema_check

said = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(str.strip)
users = st.fixed_dictionaries({"role": st.just("user"), "content": said})
replies = st.fixed_dictionaries({"role": st.just("assistant"), "content": said})
systems = st.fixed_dictionaries({"role": st.just("system"), "content": said})
rounds = st.tuples(users, replies).map(list)


def flat(lists: Iterable[list[Any]]) -> list[Any]:
    return [item for one in lists for item in one]


def joined(*parts: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[Example]:
    """Conversations whose parts follow one another."""
    return st.tuples(*parts).map(lambda lists: {"messages": flat(lists)})


many_rounds = st.lists(rounds, min_size=1, max_size=3).map(flat)
no_system = st.just([])
one_system = systems.map(lambda turn: [turn])
conversations = joined(no_system | one_system, many_rounds)
texts = said.map(lambda text: {"text": text})


def json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def calling(ids: list[str]) -> st.SearchStrategy[list[Any]]:
    """A question, calls with these ids, their answers, and a reply."""
    functions = st.fixed_dictionaries({"name": names, "arguments": arguments.map(json_text)})
    calls = st.tuples(*(call_of(call_id, functions) for call_id in ids)).map(list)
    called = st.fixed_dictionaries(
        {"role": st.just("assistant"), "content": st.just(""), "tool_calls": calls}
    )
    answers = [
        st.fixed_dictionaries(
            {"role": st.just("tool"), "content": said, "tool_call_id": st.just(call_id)}
        )
        for call_id in ids
    ]
    return st.tuples(users, called, *answers, replies).map(list)


def call_of(call_id: str, functions: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"id": st.just(call_id), "type": st.just("function"), "function": functions}
    )


def with_tools(conversations: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(conversations, st.none() | st.lists(tools, min_size=1, max_size=2)).map(
        lambda both: {**both[0], "tools": both[1]} if both[1] else both[0]
    )


names = st.sampled_from(["weather", "get_time", "a-b"])
arguments = st.dictionaries(st.sampled_from(["city", "n"]), said | st.integers() | st.none())
tools = st.fixed_dictionaries(
    {
        "type": st.just("function"),
        "function": st.fixed_dictionaries(
            {"name": names, "description": said, "parameters": st.just({"type": "object"})}
        ),
    }
)
numbered = [[], ["call_0"], ["call_0", "call_1"]]
nine = [[], ["aB3dE5fG7"], ["aB3dE5fG7", "123456789"]]


def trajectories(ids: list[list[str]]) -> st.SearchStrategy[Any]:
    """Conversations with as many calls as there are ids in any of these lists, and declared tools."""
    rounds_with = [calling(some) if some else rounds for some in ids]
    return with_tools(joined(no_system | one_system, many_rounds, st.one_of(rounds_with)))


#: target -> the layout that reads it, and what it can hold.
HOLD: dict[str, tuple[str, st.SearchStrategy[Any]]] = {
    "autotrain-sft": ("chat", conversations),
    "axolotl-chat": ("chat", trajectories(numbered)),
    "llamafactory-alpaca": ("alpaca", conversations),
    "llamafactory-sharegpt": ("sharegpt", trajectories(numbered)),
    "mistral-sft": ("chat", trajectories(nine)),
    "mlx-chat": ("chat", trajectories(numbered)),
    "torchtune-chat": ("chat", conversations),
    "unsloth-alpaca": ("alpaca", joined(rounds)),
    "unsloth-sft": ("chat", conversations),
    "unsloth-sharegpt": ("sharegpt", conversations),
    "unsloth-text": ("text", texts),
}

each_target = pytest.mark.parametrize("target", HOLD)


def row_of(target: str, example: Example) -> dict[str, Any]:
    row = renderer_named(load_target(target).renderer).render(example)
    assert not isinstance(row, Fault), row
    return row


@each_target
@given(data=st.data())
@settings(deadline=None)
def test_what_a_target_can_hold_comes_back_from_its_row(target: str, data: st.DataObject) -> None:
    name, examples = HOLD[target]
    example = data.draw(examples)
    row = row_of(target, example)
    assert schema_check(load_target(target).schema).is_valid(row)
    assert detect([row]) == [name]
    layout = layout_named(name)
    assert isinstance(layout, Layout)
    read = layout.to_example(row, LayoutOptions())
    assert read == example
    assert row_of(target, read) == row
