"""What Gemini's rows have no place for is named."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.model import Example, Fault
from ftdata.renderers.gemini import render

CALL = {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
CALLING = {"role": "assistant", "content": "", "tool_calls": [CALL]}
PICTURE = {"role": "tool", "content": [{"type": "image"}], "tool_call_id": "c1"}
ASK = {"role": "user", "content": "Rome?"}


def call_with(arguments: Any) -> dict[str, Any]:
    called = {**CALL, "function": {"name": "weather", "arguments": arguments}}
    return {"role": "assistant", "content": "", "tool_calls": [called]}


def image(url: Any) -> dict[str, Any]:
    return {"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}


@pytest.mark.parametrize(
    ("messages", "what", "place"),
    [
        ([ASK, {"role": "function", "content": "1", "name": "f"}], "function", 1),
        ([ASK, {"role": "assistant", "content": "", "function_call": {"name": "f"}}], "older", 1),
        ([ASK, call_with("no json")], "JSON object", 1),
        ([ASK, call_with("[1]")], "JSON object", 1),
        ([ASK, call_with('{"a": NaN}')], "JSON object", 1),
        ([ASK, call_with(None)], "JSON object", 1),
        ([ASK, {"role": "tool", "content": "sunny", "tool_call_id": "c9"}], "unknown call", 1),
        ([ASK, CALLING, PICTURE], "no text", 2),
        ([ASK, {"role": "assistant", "content": ""}], "nothing", 1),
        ([ASK, {"role": "assistant", "content": "a", "weight": 0}], "weight", 1),
        ([ASK, {"role": "system", "content": "Be brief."}], "system turn", 1),
        ([{"role": "system", "content": "Be brief."}], "system turns alone", 0),
        ([image("https://example.org/cat.png")], "image", 0),
        ([image("gs://shop/cat")], "image", 0),
        ([image(5)], "image", 0),
        ([{"role": "assistant", "content": image("gs://a/b.png")["content"]}], "image", 0),
    ],
)  # fmt: skip
def test_what_has_no_place_is_named(messages: list[Any], what: str, place: int) -> None:
    fault = render({"messages": messages})
    assert isinstance(fault, Fault)
    assert (fault.name, fault.pointer) == ("not-carried-by-target", f"/messages/{place}")
    assert what in str(fault.params["what"])


@pytest.mark.parametrize(
    ("beside", "what"),
    [
        ({"functions": [{"name": "f"}]}, "older form"),
        ({"tools": [{"type": "web_search"}]}, "no function"),
        ({"tools": [{"type": "function", "function": {}}]}, "no function"),
    ],
)
def test_tools_that_are_no_functions_are_named(beside: Any, what: str) -> None:
    fault = render({"messages": [ASK], **beside})
    assert isinstance(fault, Fault)
    assert what in str(fault.params["what"])


def test_results_stand_in_one_turn_with_what_the_user_says_next() -> None:
    example: Example = {
        "messages": [
            {"role": "user", "content": "Rome?"},
            {"role": "assistant", "content": None, "tool_calls": [CALL]},
            {"role": "tool", "content": '{"sky":"clear"}', "tool_call_id": "c1"},
            {"role": "tool", "content": [{"type": "text", "text": "20"}], "name": "warmth"},
            {"role": "user", "content": "So?"},
            {"role": "user", "content": "Well?"},
        ]
    }
    row = render(example)
    assert not isinstance(row, Fault)
    assert row["contents"][2:] == [
        {
            "role": "user",
            "parts": [
                {
                    "functionResponse": {
                        "id": "c1",
                        "name": "weather",
                        "response": {"output": '{"sky":"clear"}'},
                    }
                },
                {"functionResponse": {"name": "warmth", "response": {"output": "20"}}},
                {"text": "So?"},
            ],
        },
        {"role": "user", "parts": [{"text": "Well?"}]},
    ]


def test_arguments_that_are_an_object_already_stay_one() -> None:
    row = render({"messages": [ASK, call_with({"city": "Rome"})]})  # type: ignore[list-item]
    assert not isinstance(row, Fault)
    assert row["contents"][1]["parts"][0]["functionCall"]["args"] == {"city": "Rome"}
