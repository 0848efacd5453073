"""What is written for a hosted vendor has its shape, and is read as the example that it was written from."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.catalog.target_catalog import load_target
from ftdata.layouts.registry import layout_named, layout_of
from ftdata.model import Example, Fault, Layout, LayoutOptions
from ftdata.renderers.registry import renderer_named
from ftdata.rules.shape.schema_check import schema_check

said = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda text: not text.isspace()
)


def turn(role: str, content: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"role": st.just(role), "content": content})


@st.composite
def plain_chats(draw: st.DrawFn, question: st.SearchStrategy[Any] = said) -> Example:
    """A system turn at the front, perhaps, and turns of the user and the assistant in any order."""
    front = draw(st.lists(turn("system", said), max_size=1))
    turns = st.lists(turn("user", question) | turn("assistant", said), min_size=1, max_size=5)
    return {"messages": [*front, *draw(turns)]}


def image(url: str) -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": url}}


def with_images(*urls: str) -> st.SearchStrategy[Any]:
    """A text, or parts with an image among them."""
    texts = said.map(lambda text: {"type": "text", "text": text})
    images = st.sampled_from([image(url) for url in urls])
    return said | st.tuples(st.lists(texts | images, max_size=2), images).map(
        lambda parts: [*parts[0], parts[1]]
    )


in_s3 = with_images("s3://shop/cat.png", "s3://shop/a_b/c-d.jpg", "s3://shop/x.webp")


def there_and_back(target: str, layout: str, example: Example) -> None:
    loaded = load_target(target)
    before = copy.deepcopy(example)
    row = renderer_named(loaded.renderer).render(example)
    assert not isinstance(row, Fault), row
    assert example == before
    check = schema_check(loaded.schema)
    assert check.is_valid(row), list(check.explain(row))
    assert layout_of(row) == layout
    reader = layout_named(layout)
    assert isinstance(reader, Layout)
    assert reader.uses(row, LayoutOptions()) == row.keys()
    assert reader.to_example(row, LayoutOptions()) == example


@pytest.mark.parametrize("target", ["together-sft", "fireworks-sft", "nebius-sft"])
@given(plain_chats())
@settings(deadline=None)
def test_chat_rows(target: str, example: Example) -> None:
    there_and_back(target, "chat", example)


@given(plain_chats())
@settings(deadline=None)
def test_claude_rows(example: Example) -> None:
    has_system = example["messages"][0]["role"] == "system"
    if len(example["messages"]) > has_system:
        there_and_back("bedrock-claude-sft", "system-messages" if has_system else "chat", example)


@pytest.mark.parametrize("target", ["bedrock-nova-sft", "bedrock-llama-sft"])
@given(plain_chats(in_s3))
@settings(deadline=None)
def test_converse_rows(target: str, example: Example) -> None:
    there_and_back(target, "bedrock-converse", example)


arguments = st.dictionaries(said, said | st.integers(-9, 9) | st.booleans(), max_size=2)
results = said | st.sampled_from(['{"sky": "clear"}', '{"output": "x"}', "[1, 2]", '{"a":1}', "{"])


@st.composite
def tool_rounds(draw: st.DrawFn, first: int) -> list[Any]:
    """An assistant's calls, and the results of some of them in any order."""
    count = draw(st.integers(1, 3))
    ids = [f"call {first + number}" for number in range(count)]
    calls = [
        {
            "id": call_id,
            "type": "function",
            "function": {
                "name": draw(st.sampled_from(["weather", "add"])),
                "arguments": json.dumps(draw(arguments), ensure_ascii=False),
            },
        }
        for call_id in ids
    ]
    answered = draw(st.permutations(ids))[: draw(st.integers(0, count))]
    said_first = draw(st.just("") | said)
    return [
        {"role": "assistant", "content": said_first, "tool_calls": calls},
        *(
            {"role": "tool", "content": draw(results), "tool_call_id": call_id}
            for call_id in answered
        ),
    ]


in_cloud_storage = with_images("data:image/png;base64,iVBORw0KGgo=", "gs://shop/cat.jpg")
tools = st.sampled_from(
    [
        {"name": "weather"},
        {"name": "add", "description": "Adds.", "parameters": {"type": "object"}},
    ]
).map(lambda function: {"type": "function", "function": function})


@st.composite
def agent_chats(draw: st.DrawFn) -> Example:
    chat = draw(plain_chats(in_cloud_storage))
    for number in range(draw(st.integers(0, 2))):
        chat["messages"] += draw(tool_rounds(first=10 * number))
        chat["messages"] += draw(plain_chats(in_cloud_storage))["messages"][-1:]
    declared = draw(st.lists(tools, max_size=2))
    return {**chat, "tools": declared} if declared else chat


@given(agent_chats())
@settings(deadline=None)
def test_gemini_rows(example: Example) -> None:
    there_and_back("gemini-sft", "gemini", example)
