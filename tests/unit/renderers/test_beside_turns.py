"""Targets with the system text beside two speakers: what they have no place for is named."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.model import Example, Fault
from ftdata.renderers.registry import renderer_named

CALL = {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
ASK = {"role": "user", "content": "Rome?"}
SAY = {"role": "assistant", "content": "Sunny."}
TEXT = {"type": "text", "text": "Rome?"}

each_renderer = pytest.mark.parametrize("name", ["claude", "nova", "bedrock-llama"])


def image(url: Any) -> dict[str, Any]:
    return {"role": "user", "content": [TEXT, {"type": "image_url", "image_url": {"url": url}}]}


def refused(name: str, messages: list[Any], **beside: Any) -> Fault:
    fault = renderer_named(name).render({"messages": messages, **beside})  # type: ignore[typeddict-item]
    assert isinstance(fault, Fault), fault
    assert fault.name == "not-carried-by-target"
    return fault


@each_renderer
@pytest.mark.parametrize(
    ("messages", "what", "place"),
    [
        ([ASK, {"role": "assistant", "content": "", "tool_calls": [CALL]}], "call", 1),
        ([ASK, {"role": "assistant", "content": "", "function_call": {"name": "f"}}], "call", 1),
        ([ASK, {"role": "tool", "content": "sunny", "tool_call_id": "c1"}], "result", 1),
        ([ASK, {"role": "function", "content": "sunny", "name": "f"}], "result", 1),
        ([ASK, {"role": "system", "content": "Be brief."}, SAY], "system turn", 1),
        ([{"role": "developer", "content": "Be brief."}, ASK, {**SAY, "weight": 0}], "weight", 2),
        ([ASK, {"role": "assistant", "content": "", "refusal": "no"}], "refusal", 1),
        ([{"role": "system", "content": [{"type": "image_url"}]}, ASK, SAY], "no text", 0),
        ([image("https://example.org/cat.png"), SAY], "part", 0),
        ([image("data:image/png;base64,iVBORw0KGgo="), SAY], "part", 0),
        ([image(None), SAY], "part", 0),
        ([{"role": "user", "content": [TEXT, {"type": "input_audio"}]}], "part", 0),
    ],
)
def test_what_has_no_place_is_named(name: str, messages: list[Any], what: str, place: int) -> None:
    fault = refused(name, messages)
    assert what in str(fault.params["what"])
    assert fault.pointer == f"/messages/{place}"


@each_renderer
@pytest.mark.parametrize("key", ["tools", "functions"])
def test_tools_that_are_declared_have_no_place(name: str, key: str) -> None:
    assert refused(name, [ASK, SAY], **{key: [{"name": "weather"}]}).params == {"what": "tools"}


@each_renderer
def test_plain_text_and_undesirable_answers_are_faults(name: str) -> None:
    renderer = renderer_named(name)
    for example, fault in (
        ({"text": "Rome"}, "not-carried-by-target"),
        ({"messages": [ASK, SAY], "label": False}, "undesirable-answer"),
    ):
        outcome = renderer.render(example)  # type: ignore[arg-type]
        assert isinstance(outcome, Fault)
        assert outcome.name == fault


def test_the_chosen_answer_follows_and_several_texts_become_one_for_claude() -> None:
    example: Example = {
        "messages": [
            {"role": "system", "content": [{"type": "text", "text": "Be brief."}, TEXT]},
            {"role": "developer", "content": "Be kind."},
            {"role": "user", "content": [TEXT, TEXT], "name": "ann"},
        ],
        "chosen": [{"role": "assistant", "content": "Sunny.", "weight": 1}],
        "rejected": [{"role": "assistant", "content": "No."}],
    }
    assert renderer_named("claude").render(example) == {
        "system": "Be brief.\nRome?\nBe kind.",
        "messages": [
            {"role": "user", "content": "Rome?\nRome?"},
            {"role": "assistant", "content": "Sunny."},
        ],
    }
    nova, llama = (renderer_named(name).render(example) for name in ("nova", "bedrock-llama"))
    assert not isinstance(nova, Fault)
    assert not isinstance(llama, Fault)
    assert nova["system"] == [{"text": "Be brief."}, {"text": "Rome?"}, {"text": "Be kind."}]
    assert llama["system"] == [{"text": "Be brief.\nRome?\nBe kind."}]
    assert nova["messages"] == llama["messages"]
    assert nova["messages"][0] == {"role": "user", "content": [{"text": "Rome?"}] * 2}


@pytest.mark.parametrize("content", ["", None, [], [{"type": "text", "text": ""}]])
def test_converse_has_no_place_for_a_turn_that_says_nothing(content: Any) -> None:
    fault = refused("nova", [ASK, {"role": "assistant", "content": content}])
    assert "says nothing" in str(fault.params["what"])


def test_an_image_in_s3_needs_a_name_that_tells_its_type() -> None:
    row = renderer_named("nova").render({"messages": [image("s3://shop/cat.JPG"), SAY]})  # type: ignore[list-item]
    assert not isinstance(row, Fault)
    assert row["messages"][0]["content"][1] == {
        "image": {"format": "jpeg", "source": {"s3Location": {"uri": "s3://shop/cat.JPG"}}}
    }
    refused("nova", [image("s3://shop/cat"), SAY])
    refused("nova", [ASK, {"role": "assistant", "content": image("s3://a/b.png")["content"]}])
