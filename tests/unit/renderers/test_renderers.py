"""Renderers write what their targets take, and say what these cannot."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ftdata.catalog.target_catalog import load_target, target_ids
from ftdata.errors import UnknownName
from ftdata.model import Example, Fault
from ftdata.renderers.registry import all_renderers, renderer_named
from ftdata.rules.shape.schema_check import schema_check

CALL = {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
FULL: Example = {
    "parallel_tool_calls": False,
    "functions": [{"name": "add"}],
    "tools": [{"type": "function", "function": {"name": "weather"}}],
    "messages": [
        {
            "role": "system",
            "content": [{"type": "text", "text": "Be"}, {"type": "text", "text": "brief."}],
        },
        {"content": "Rome?", "role": "user", "name": "ann"},
        {
            "weight": 0,
            "role": "assistant",
            "reasoning_content": "Look it up.",
            "tool_calls": [CALL],
            "content": None,
        },
        {"role": "tool", "tool_call_id": "c1", "content": [{"type": "text", "text": "sunny"}]},
        {"role": "assistant", "content": "Sunny.", "refusal": "", "name": None, "weight": 1},  # type: ignore[typeddict-item]
    ],
}
PLAIN: Example = {
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Rome?"},
        {"role": "assistant", "content": "Sunny.", "reasoning_content": "Look it up."},
    ]
}
PAIR: Example = {
    "messages": [{"role": "user", "content": "Fruit?"}],
    "chosen": [{"role": "assistant", "content": "Apple"}],
    "rejected": [{"role": "assistant", "content": "Carrot"}],
}
JUDGED: Example = {"messages": [*PAIR["messages"], *PAIR["rejected"]], "label": False}
ROUND: Example = {"messages": [*PAIR["messages"], *PAIR["chosen"]]}
TEXT: Example = {"text": "The shop opens at nine."}
CHATS = ("chat", "openai-chat")

each_chat = pytest.mark.parametrize("name", CHATS)


def rendered(name: str, example: Example) -> dict[str, Any]:
    row = renderer_named(name).render(example)
    assert not isinstance(row, Fault), row
    return row


def refused(name: str, example: Example) -> Fault:
    fault = renderer_named(name).render(example)
    assert isinstance(fault, Fault)
    return fault


def test_a_chat_row_has_its_keys_in_one_order_and_no_null() -> None:
    assert json.dumps(rendered("chat", FULL)) == json.dumps(
        {
            "messages": [
                {"role": "system", "content": "Be\nbrief."},
                {"role": "user", "content": "Rome?", "name": "ann"},
                {
                    "role": "assistant",
                    "content": "",
                    "tool_calls": [CALL],
                    "reasoning_content": "Look it up.",
                    "weight": 0,
                },
                {"role": "tool", "content": "sunny", "tool_call_id": "c1"},
                {"role": "assistant", "content": "Sunny.", "refusal": "", "weight": 1},
            ],
            "tools": [{"type": "function", "function": {"name": "weather"}}],
            "functions": [{"name": "add"}],
            "parallel_tool_calls": False,
        }
    )


def test_openai_gets_no_thoughts_and_all_else() -> None:
    row = rendered("chat", FULL)
    del row["messages"][2]["reasoning_content"]
    assert json.dumps(rendered("openai-chat", FULL)) == json.dumps(row)


def test_parts_that_are_no_text_stay_parts() -> None:
    image = {"type": "image_url", "image_url": {"url": "https://example.org/cat.png"}}
    for role in ("user", "tool"):
        example: Example = {"messages": [{"role": role, "content": [image], "tool_call_id": "c1"}]}
        assert rendered("openai-chat", example)["messages"][0]["content"] == [image]


@each_chat
def test_the_chosen_answer_of_a_pair_is_the_answer(name: str) -> None:
    assert rendered(name, PAIR) == {"messages": [*PAIR["messages"], *PAIR["chosen"]]}


@each_chat
def test_an_undesirable_answer_is_not_imitated(name: str) -> None:
    good: Example = {"messages": PAIR["messages"] + PAIR["chosen"], "label": True}
    bad: Example = {"messages": PAIR["messages"] + PAIR["rejected"], "label": False}
    assert rendered(name, good) == {"messages": good["messages"]}
    assert refused(name, bad).name == "undesirable-answer"


@each_chat
def test_plain_text_needs_an_instruction_to_be_a_chat(name: str) -> None:
    fault = refused(name, TEXT)
    assert fault.name == "not-carried-by-target"
    assert "--instruction" in str(fault.params["what"])


def test_a_chat_is_no_plain_text() -> None:
    assert rendered("text", TEXT) == TEXT
    assert refused("text", PAIR).name == "not-carried-by-target"


def test_an_answer_of_a_tool_to_no_call_is_not_for_openai() -> None:
    example: Example = {
        "messages": [{"role": "user", "content": "?"}, {"role": "tool", "content": "!"}]
    }
    assert rendered("chat", example) == example
    fault = refused("openai-chat", example)
    assert (fault.name, fault.pointer) == ("not-carried-by-target", "/messages/1")


def test_rendering_changes_nothing_in_the_example() -> None:
    before = json.dumps([FULL, PAIR, TEXT])
    for renderer in all_renderers():
        for example in (FULL, PAIR, TEXT):
            renderer.render(example)
    assert json.dumps([FULL, PAIR, TEXT]) == before


@pytest.mark.parametrize("target", [load_target(name) for name in target_ids()], ids=target_ids())
def test_what_is_written_for_a_target_has_its_shape(target: Any) -> None:
    examples = (FULL, PLAIN, TEXT, PAIR, JUDGED, ROUND)
    rows = [renderer_named(target.renderer).render(one) for one in examples]
    written = [row for row in rows if not isinstance(row, Fault)]
    assert written
    assert all(schema_check(target.schema).is_valid(row) for row in written)


def test_an_unknown_renderer_is_named_with_those_that_there_are() -> None:
    with pytest.raises(UnknownName, match="openai-chat"):
        renderer_named("openai-chta")
