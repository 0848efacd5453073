"""Rows have as many tokens as vendors billed or reported for them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from ftdata.tokens.counter import counter
from ftdata.tokens.framing import RowTokens, row_tokens
from ftdata.tokens.images import NO_IMAGES, Images
from ftdata.tokens.tally import tally_row
from tests.shared_data import shared_file

WEATHER = {
    "name": "get_current_weather",
    "description": "Get the current weather in a given location",
    "parameters": {
        "type": "object",
        "properties": {
            "location": {
                "type": "string",
                "description": "The city and state, e.g. San Francisco, CA",
            },
            "unit": {
                "type": "string",
                "description": "The unit of temperature to return",
                "enum": ["celsius", "fahrenheit"],
            },
        },
        "required": ["location"],
    },
}
WEATHER_QUESTION = [
    {
        "role": "system",
        "content": "You are a helpful assistant that can answer to questions about the weather.",
    },
    {"role": "user", "content": "What's the weather like in San Francisco?"},
]


def words(text: str) -> int:
    """Counts words, so that every expectation can be checked by hand."""
    return len(text.split())


def chat(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"messages": list(messages), **more}


def answer(content: Any, **more: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": content, **more}


QUESTION = {"role": "user", "content": "how are you"}


def test_a_row_is_billed_with_one_token_and_four_more_a_message() -> None:
    # 1 + (4 + 3 words) + (4 + 2 words); the cookbook says 3 + (3 + role + 3) + (3 + role + 2).
    row = row_tokens(chat(QUESTION, answer("quite well")), words)
    roles = (("user", 7), ("assistant", 6))
    assert row == RowTokens(14, 16, trained=2, images=NO_IMAGES, tools=0, head=11, roles=roles)


def test_a_bill_of_real_tokens() -> None:
    # "hello" and "world" are one token each, also with a space before them.
    row = row_tokens(
        chat({"role": "user", "content": "hello"}, answer("hello world")), counter("o200k_base")
    )
    roles = (("user", 5), ("assistant", 6))
    assert row == RowTokens(12, 14, trained=2, images=NO_IMAGES, tools=0, head=9, roles=roles)


def test_a_weight_of_zero_is_billed_but_not_trained() -> None:
    rows = [row_tokens(chat(QUESTION, answer("a b", weight=weight)), words) for weight in (0, 1)]
    assert [row.billed for row in rows] == [14, 14]
    assert [row.trained for row in rows] == [0, 2]


def test_only_the_first_trained_turn_ends_the_head() -> None:
    row = row_tokens(chat(answer("x", weight=0), answer("a b"), QUESTION, answer("c")), words)
    # 1 + (4 + 1), and three that open the second turn.
    assert (row.head, row.trained) == (9, 3)


def test_a_trained_turn_that_says_nothing_does_not_end_the_head() -> None:
    row = row_tokens(chat(answer(""), answer("a b")), words)
    assert (row.head, row.trained) == (1 + 4 + 3, 2)


def test_a_name_counts_with_one_token_more() -> None:
    named = row_tokens(chat({**QUESTION, "name": "Ada L"}), words)
    assert named.billed == row_tokens(chat(QUESTION), words).billed + 2 + 1


def test_parts_count_their_text_and_images_are_measured_apart() -> None:
    parts = [
        {"type": "text", "text": "two words"},
        {"type": "image_url", "image_url": {"url": "https://example.com/a b c.png"}},
        {"type": ["no", "type"]},
        "bare text",
        None,
    ]
    row = row_tokens(chat({"role": "user", "content": parts}), words)
    assert (row.billed, row.images) == (1 + 4 + 4, Images(1, 1, 1, 8, 1, 1536))


def test_a_refusal_and_a_reasoning_are_said() -> None:
    row = row_tokens(
        chat(answer(None, refusal="no never", reasoning_content="let me think")), words
    )
    assert row.trained == 5
    assert row_tokens(chat(answer([{"type": "refusal", "refusal": "no"}])), words).trained == 1


def test_calls_count_three_tokens_their_name_and_arguments() -> None:
    call = {"id": "c 1", "type": "function", "function": {"name": "f", "arguments": '{"a": 1}'}}
    row = row_tokens(chat({"role": "assistant", "tool_calls": [call, call]}), words)
    assert row.trained == 2 * (3 + 1 + 2)
    # The cookbook counts the ids and types too.
    assert row.cookbook == 3 + 4 + row.trained + 2 * (2 + 1)
    older = row_tokens(chat(answer("", function_call=call["function"])), words)
    assert older.trained == 3 + 1 + 2


def test_arguments_that_are_an_object_count_as_json() -> None:
    call = {"function": {"name": "f", "arguments": {"a": "b c"}}}
    assert row_tokens(chat(answer(None, tool_calls=[call])), words).trained == 3 + 1 + 2


def test_a_tool_result_counts_its_content_and_for_the_cookbook_its_id() -> None:
    row = row_tokens(chat({"role": "tool", "tool_call_id": "c 1", "content": "it rains"}), words)
    assert (row.billed, row.cookbook) == (1 + 4 + 2, 3 + 4 + 2 + 2)


def test_a_text_row_has_no_framing_and_is_trained_whole() -> None:
    assert row_tokens({"text": "a b c"}, words) == RowTokens(3, 3, 3, NO_IMAGES, 0, 0)


def test_a_completion_row_trains_the_completion_only() -> None:
    row = row_tokens({"prompt": "a b", "completion": "c d e"}, words)
    assert row == RowTokens(5, 5, 3, NO_IMAGES, 0, 2)


def test_of_several_completions_all_are_trained_and_the_prompt_counts_once() -> None:
    row = row_tokens({"prompt": "a b", "completion": ["c d e", "f"]}, words)
    assert (row.billed, row.trained, row.head) == (6, 4, 2)
    assert row_tokens({"prompt": "a b", "completion": ["c", 3]}, words).billed == 0
    assert row_tokens({"prompt": "a b", "completion": []}, words).billed == 0


@pytest.mark.parametrize(
    "record", [None, [], "text", {}, {"text": 3}, {"prompt": "p"}, {"messages": None}]
)
def test_what_is_no_row_has_no_tokens(record: Any) -> None:
    assert row_tokens(record, words) == RowTokens(0, 0, 0, NO_IMAGES, 0, 0)


def test_messages_without_a_role_have_no_tokens() -> None:
    assert row_tokens(chat({}, {"role": 3}, 4, "x", {"content": "hi"}), words).billed == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(("encoding", "prompt_tokens"), [("cl100k_base", 105), ("o200k_base", 101)])
def test_tool_definitions_count_as_the_cookbook_published(
    encoding: str, prompt_tokens: int
) -> None:
    record = chat(*WEATHER_QUESTION, tools=[{"type": "function", "function": WEATHER}])
    row = row_tokens(record, counter(encoding))
    # A prompt has three tokens that prime the reply, a training row one token of its own.
    assert row.billed - 1 + 3 == prompt_tokens
    older = row_tokens(chat(*WEATHER_QUESTION, functions=[WEATHER]), counter(encoding))
    assert older == row


def test_tool_definitions_are_part_of_both_counts() -> None:
    with_tools = row_tokens(chat(QUESTION, functions=[WEATHER]), words)
    without = row_tokens(chat(QUESTION), words)
    assert with_tools.tools > 9
    assert with_tools.billed - without.billed == with_tools.tools
    assert with_tools.cookbook - without.cookbook == with_tools.tools


@pytest.mark.parametrize("tools", [None, [], {}, [None], [{"function": None}], [{"function": {}}]])
def test_ill_formed_tools_have_no_tokens(tools: Any) -> None:
    assert row_tokens(chat(QUESTION, tools=tools), words).tools == 0


def test_a_system_message_in_parts_takes_the_newline_of_the_tools() -> None:
    system = {"role": "system", "content": [{"type": "text", "text": "be kind"}]}
    function = {"name": "f"}
    alone = row_tokens(chat(QUESTION, functions=[function]), words).tools
    assert row_tokens(chat(system, functions=[function]), words).tools == alone - 4 + 1


@pytest.mark.shared_data
def test_the_golden_bill_is_reproduced() -> None:
    count = counter("cl100k_base")
    tally: Counter[str] = Counter()
    for record in shared_records("token_counts/fine_tuning_13_rows.jsonl"):
        tally_row(tally, row_tokens(record, count), 16_385)
    assert tally["rows"] == 13
    assert tally["billed"] * 7 == 4445
    assert tally["cookbook"] == 661


@pytest.mark.shared_data
def test_the_36_prompts_with_known_counts_are_exact() -> None:
    count = counter("cl100k_base")
    records = list(shared_records("token_counts/openai_prompt_tokens_36.jsonl"))
    computed = [
        row_tokens(record, count).billed - 1 + 3 + forced_call_tokens(record, count)
        for record in records
    ]
    assert len(records) == 36
    assert computed == [record["tokens"] for record in records]


def forced_call_tokens(record: dict[str, Any], count: Any) -> int:
    """A request can force or forbid a call; a training row cannot."""
    forced = record.get("function_call")
    if isinstance(forced, dict):
        return 4 + int(count(forced["name"]))
    return int(forced == "none")


def shared_records(name: str) -> Iterator[dict[str, Any]]:
    with shared_file(name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def test_what_no_role_has_stands_around_the_row() -> None:
    tool = {"type": "function", "function": {"name": "f"}}
    turns = [QUESTION, {"role": "assistant", "content": "a b"}, {"role": "oracle", "content": "c"}]
    row = row_tokens({**chat(*turns), "tools": [tool]}, words)
    assert sum(tokens for _, tokens in row.roles) == row.billed - row.tools - 1
    assert [role for role, _ in row.roles] == ["user", "assistant", "other"]
