"""Turns that lie elsewhere are judged as messages are, and pointers lead back to them."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.model import TurnView, answers_alike, empty_answers, facts_of

GEMINI = TurnView("/contents", content="parts", roles={"model": "assistant"})
SHAREGPT = TurnView("/conversations", "from", "value", {"human": "user", "gpt": "assistant"})
INPUT = TurnView("/input/messages")


def test_turns_are_shown_as_messages() -> None:
    record = {"contents": [{"role": "model", "parts": [{"text": "Hi"}]}], "tools": []}
    assert GEMINI.chat_of(record) == {
        **record,
        "messages": [{"role": "assistant", "content": [{"text": "Hi"}]}],
    }
    record = {"conversations": [{"from": "human", "value": "Hi", "weight": 0}, {"from": "tool"}]}
    chat = SHAREGPT.chat_of(record)
    assert chat is not None
    assert chat["messages"] == [
        {"weight": 0, "content": "Hi", "role": "user"},
        {"role": "tool"},
    ]
    assert record["conversations"][0] == {"from": "human", "value": "Hi", "weight": 0}


@pytest.mark.parametrize("record", [{}, {"input": []}, {"input": {"messages": None}}, [], None])
def test_where_there_is_no_list_there_is_no_chat(record: Any) -> None:
    assert INPUT.chat_of(record) is None


def test_turns_of_any_type_are_left_to_the_shape_rules() -> None:
    chat = SHAREGPT.chat_of({"conversations": ["Hi", None, {"from": ["human"]}]})
    assert chat is not None
    assert chat["messages"] == ["Hi", None, {"role": ["human"]}]


@pytest.mark.parametrize(
    ("view", "inner", "outer"),
    [
        (SHAREGPT, "/messages", "/conversations"),
        (SHAREGPT, "/messages/3", "/conversations/3"),
        (SHAREGPT, "/messages/3/role", "/conversations/3/from"),
        (SHAREGPT, "/messages/3/content", "/conversations/3/value"),
        (SHAREGPT, "/messages/3/weight", "/conversations/3/weight"),
        (GEMINI, "/messages/0/content", "/contents/0/parts"),
        (INPUT, "/messages/0/content", "/input/messages/0/content"),
        (INPUT, "/messagesx", "/messagesx"),
        (INPUT, "", ""),
    ],
)
def test_pointers_lead_back(view: TurnView, inner: str, outer: str) -> None:
    assert view.pointer_to(inner) == outer


PAIR = TurnView("/input/messages", answers=("/good", "/bad/0/turn"))
ASK = {"role": "user", "content": "Hi"}
SAID = {"role": "assistant", "content": "Ho"}


def test_answers_are_shown_beside_the_messages() -> None:
    record = {"input": {"messages": [ASK], "tools": []}, "good": [SAID], "bad": [{"turn": SAID}]}
    chat = PAIR.chat_of(record)
    assert chat is not None
    assert (chat["messages"], chat["answers"], chat["tools"]) == ([ASK], [[SAID], [SAID]], [])
    assert facts_of(chat) is not None
    assert facts_of(chat).same_answers  # type: ignore[union-attr]


def test_an_answer_that_is_no_list_of_turns_is_empty() -> None:
    chat = PAIR.chat_of({"input": {"messages": [ASK]}, "good": "Ho", "bad": []})
    assert chat is not None
    assert chat["answers"] == [[], []]
    assert not answers_alike(chat)


def test_each_answer_makes_a_conversation_and_replies_before_it_are_not_trained() -> None:
    other = {"role": "assistant", "content": "What?"}
    record = {"input": {"messages": [SAID, ASK]}, "good": [SAID], "bad": [{"turn": other}]}
    chat = PAIR.chat_of(record)
    assert chat is not None
    before = [{**SAID, "weight": 0}, ASK]
    assert [one["messages"] for one in PAIR.conversations(chat)] == [
        [*before, SAID],
        [*before, other],
    ]
    assert PAIR.whole(chat)["messages"] == [*before, SAID, other]
    assert INPUT.whole(chat) is chat


TEXTS = TurnView("/prompt", answers=("/chosen", "/rejected"), texts=True)
TEXT_PAIR = {"prompt": "Hi", "chosen": "Ho", "rejected": " ", "tools": []}


def test_texts_are_shown_as_turns_and_counted_as_texts() -> None:
    chat = TEXTS.chat_of(TEXT_PAIR)
    assert chat is not None
    blank = {"role": "assistant", "content": " "}
    assert (chat["messages"], chat["answers"], chat["tools"]) == ([ASK], [[SAID], [blank]], [])
    assert TEXTS.conversations(chat) == [
        {"prompt": "Hi", "completion": "Ho"},
        {"prompt": "Hi", "completion": " "},
    ]
    assert TEXTS.whole(chat) == {"prompt": "Hi", "completion": ["Ho", " "]}
    assert TurnView("/prompt", answers=("/chosen", "/rejected")).chat_of(TEXT_PAIR) is None


@pytest.mark.parametrize("key", ["prompt", "chosen", "rejected"])
def test_texts_beside_turns_are_left_to_the_shape_rules(key: str) -> None:
    chat = TEXTS.chat_of({**TEXT_PAIR, key: [SAID]})
    assert chat is None or chat["messages"] == [SAID]


def test_pointers_lead_to_a_text_and_to_a_single_turn() -> None:
    assert TEXTS.pointer_to("/messages/0/content", TEXT_PAIR) == "/prompt"
    assert TEXTS.pointer_to("/answers/1/0/content", TEXT_PAIR) == "/rejected"
    turns = {"prompt": [ASK], "chosen": [SAID], "rejected": SAID}
    assert TEXTS.pointer_to("/messages/0/content", turns) == "/prompt/0/content"
    assert TEXTS.pointer_to("/answers/0/0/content", turns) == "/chosen/0/content"
    assert TEXTS.pointer_to("/answers/1/0/content", turns) == "/rejected/content"


def test_empty_replies_are_found_among_answers_but_not_in_a_column_of_that_name() -> None:
    chat = TEXTS.chat_of(TEXT_PAIR)
    assert chat is not None
    assert list(empty_answers(chat)) == [(1, 0)]
    assert facts_of(chat).empty_assistant  # type: ignore[union-attr]
    row = {"messages": [ASK, SAID], "answers": [[{"role": "assistant", "content": ""}]]}
    assert not facts_of(row).empty_assistant  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("/answers/0", "/good"),
        ("/answers/1", "/bad/0/turn"),
        ("/tools/2/function", "/input/tools/2/function"),
        ("/messages/1", "/input/messages/1"),
        ("/other", "/other"),
    ],
)
def test_pointers_to_answers_and_tools_lead_back(inner: str, outer: str) -> None:
    assert PAIR.pointer_to(inner) == outer


@pytest.mark.parametrize(
    ("inner", "answer", "outer"),
    [
        ("/messages/0/content/1", 1, "/input/messages/0/content/1"),
        ("/messages/1", 0, "/good/0"),
        ("/messages/2/tool_calls/0/id", 0, "/good/1/tool_calls/0/id"),
        ("/messages/1/content", 1, "/bad/0/turn/content"),
        ("/tools/0", 1, "/input/tools/0"),
    ],
)
def test_pointers_into_a_conversation_lead_back(inner: str, answer: int, outer: str) -> None:
    record = {"input": {"messages": [ASK]}, "good": [SAID, SAID], "bad": [{"turn": SAID}]}
    assert PAIR.place_of(inner, record, answer) == outer
    moved = TurnView("/contents", content="parts")
    assert moved.place_of("/messages/0/content/1/text", {}, 0) == "/contents/0/parts/1/text"
