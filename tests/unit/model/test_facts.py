"""What the turn rules know about a record."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.model import content_length, facts_of, is_empty, is_trained, turns_of
from ftdata.model.facts import _remembered

CALL = {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "text",
        {},
        {"messages": None},
        {"messages": []},
        {"messages": "hi"},
        {"messages": ["hi"]},
        {"messages": [{}]},
        {"messages": [{"role": None}]},
        {"messages": [{"role": "user"}, {"role": 1}]},
    ],
)
def test_what_is_no_conversation_has_no_facts(record: Any) -> None:
    assert facts_of(record) is None


def test_facts_are_gathered_from_all_turns() -> None:
    facts = facts_of(
        {
            "messages": [
                {"role": "system", "content": " "},
                {"role": "user", "content": "hello"},
                {"role": "assistant", "content": None, "tool_calls": [CALL], "weight": 0},
                {"role": "tool", "content": [{"type": "text", "text": "longer!"}]},
                {"role": "assistant", "content": ""},
                {"role": "assistant", "content": "hi"},
            ]
        }
    )
    assert facts is not None
    assert facts.turns.roles[:2] == ("system", "user")
    assert facts.turns.first == "user"
    assert facts.turns.last == "assistant"
    assert facts.turns.repeated == {"assistant"}
    assert facts.turns.assistants == 3
    assert not facts.turns.late_system
    assert facts.trained == 2
    assert facts.empty_assistant
    assert facts.empty_other
    assert facts.tool_parts
    assert facts.longest_content == 7


@pytest.mark.parametrize(
    ("message", "empty"),
    [
        ({"role": "assistant", "content": None}, True),
        ({"role": "assistant", "content": " \u3000"}, True),
        ({"role": "assistant", "content": [{"type": "text", "text": ""}]}, True),
        ({"role": "assistant"}, False),
        ({"role": "assistant", "content": []}, False),
        ({"role": "assistant", "content": 5}, False),
        ({"role": "assistant", "content": "", "tool_calls": [CALL]}, False),
        ({"role": "assistant", "content": "", "refusal": "no"}, False),
        ({"role": "assistant", "content": [{"type": "text"}]}, False),
        ({"role": "user", "content": None}, False),
        ({"role": "user", "content": [{"type": "image_url"}]}, False),
    ],
)
def test_a_turn_is_empty_only_where_no_other_rule_speaks(
    message: dict[str, Any], empty: bool
) -> None:
    assert is_empty(message) is empty


@pytest.mark.parametrize(
    ("message", "empty"),
    [
        ({"role": "assistant", "content": "", "refusal": "no"}, True),
        ({"role": "assistant", "content": "no", "refusal": "no"}, False),
        ({"role": "assistant", "content": "", "refusal": "no", "tool_calls": [CALL]}, False),
        ({"role": "assistant", "refusal": "no"}, False),
    ],
)
def test_a_refusal_says_nothing_where_nobody_reads_it(message: dict[str, Any], empty: bool) -> None:
    assert is_empty(message, refusals=False) is empty
    facts = facts_of({"messages": [message]})
    assert facts is not None
    assert (facts.only_refuses, facts.empty_assistant) == (empty, False)


@pytest.mark.parametrize(
    ("weight", "trained"),
    [(0, False), (0.0, False), (1, True), (None, True), (False, True), ("0", True)],
)
def test_only_the_number_0_takes_a_turn_out_of_the_training(weight: object, trained: bool) -> None:
    assert is_trained({"weight": weight}) is trained
    assert is_trained({})


def test_the_length_of_parts_is_that_of_their_texts() -> None:
    assert (
        content_length([{"type": "text", "text": "ab"}, {"type": "image_url"}, "x", {"text": 5}])
        == 2
    )
    assert content_length(None) == 0


def test_no_first_turn_stands_where_only_system_turns_do() -> None:
    assert turns_of(("system", "developer")).first is None


def test_only_short_sequences_of_known_roles_are_remembered() -> None:
    """The memory of millions of hostile rows must stay small."""
    _remembered.cache_clear()
    turns_of(("user", "assistant"))
    turns_of(("user", "x" * 1000))
    turns_of(("user", "assistant") * 33)
    assert _remembered.cache_info().currsize == 1
