"""What Together has a place for is written, all else is named."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.model import Example, Fault
from ftdata.renderers.together_chat import render

CALL = {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}


def test_a_row_holds_messages_and_tools_and_no_other_key() -> None:
    example: Example = {
        "messages": [
            {"role": "user", "content": "Rome?", "name": "ann"},
            {"role": "assistant", "content": "", "tool_calls": [CALL], "reasoning_content": "Hm."},
            {"role": "tool", "content": "sunny", "tool_call_id": "c1"},
            {"role": "assistant", "content": "Sunny.", "weight": 1},
        ],
        "tools": [{"type": "function", "function": {"name": "weather"}}],
        "functions": [{"name": "weather"}],
        "parallel_tool_calls": True,
    }
    row = render(example)
    assert not isinstance(row, Fault)
    assert list(row) == ["messages", "tools"]
    assert row["messages"][0] == {"role": "user", "content": "Rome?", "name": "ann"}
    assert row["messages"][1] == {"role": "assistant", "content": None, "tool_calls": [CALL]}
    assert row["messages"][3] == {"role": "assistant", "content": "Sunny.", "weight": 1}


def test_beside_an_image_all_contents_are_parts() -> None:
    row = render(
        {
            "messages": [
                {"role": "system", "content": "Be brief."},
                {"role": "user", "content": [IMAGE]},
                {"role": "assistant", "content": "A dot."},
            ]
        }
    )
    assert not isinstance(row, Fault)
    assert [message["content"] for message in row["messages"]] == [
        [{"type": "text", "text": "Be brief."}],
        [IMAGE],
        [{"type": "text", "text": "A dot."}],
    ]


@pytest.mark.parametrize(
    ("message", "what"),
    [
        ({"role": "function", "content": "1"}, "function"),
        ({"role": "assistant", "content": "", "function_call": {"name": "f"}}, "older form"),
        ({"role": "assistant", "content": "a", "weight": 0.5}, "weight"),
        ({"role": "assistant", "content": "", "refusal": "no"}, "refusal"),
        ({"role": "assistant", "content": [IMAGE]}, "outside"),
        ({"role": "user", "content": [{"type": "input_audio"}]}, "input_audio"),
        (
            {
                "role": "user",
                "content": [{"type": "image_url", "image_url": {"url": "https://a.org/b.png"}}],
            },
            "base64",
        ),
        ({"role": "user", "content": [{"type": "image_url"}]}, "base64"),
    ],
)
def test_what_has_no_place_is_named(message: Any, what: str) -> None:
    fault = render({"messages": [message]})
    assert isinstance(fault, Fault)
    assert (fault.name, fault.pointer) == ("not-carried-by-target", "/messages/0")
    assert what in str(fault.params["what"])
