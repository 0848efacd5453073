"""What is odd about calls and answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from ftdata.model import definitions_of, facts_of, tool_use_of


def calls(*ids: str | None) -> dict[str, Any]:
    made = [{"id": one, "function": {"name": "f", "arguments": "{}"}} for one in ids]
    return {"role": "assistant", "tool_calls": made}


def tools(*ids: str | None) -> list[dict[str, Any]]:
    return [{"role": "tool", "tool_call_id": one, "content": ""} for one in ids]


USER = {"role": "user", "content": "Hi"}


def odd(*messages: dict[str, Any]) -> dict[str, list[Any]]:
    use = tool_use_of({"messages": [USER, *messages]})
    found = {
        "repeated": [call.id for call in use.repeated],
        "strays": [answer.to for answer in use.strays],
        "unanswered": [call.id for call in use.unanswered],
        "disordered": [answer.to for answer in use.disordered],
        "without id": [answer.message for answer in use.answers_without_id],
    }
    return {name: values for name, values in found.items() if values}


def test_calls_and_answers_in_order_are_fine() -> None:
    assert odd(calls("a", "b"), *tools("a", "b"), calls("a"), *tools("a"), calls("c")) == {}


def test_one_cause_gives_one_oddity() -> None:
    assert odd(calls("a"), *tools("b"), USER) == {"strays": ["b"]}
    assert odd(calls("a"), USER, *tools("a")) == {"unanswered": ["a"]}
    assert odd(calls("a", "b"), *tools("b"), USER) == {"unanswered": ["a"]}
    assert odd(calls("a", "b"), *tools("b", "a")) == {"disordered": ["b"]}
    assert odd(calls("a", "a"), *tools("a", "a")) == {"repeated": ["a"]}
    assert odd(calls("a"), *tools(None)) == {"without id": [2]}
    assert odd(*tools(None)) == {"strays": [None]}


@pytest.mark.parametrize("given", [None, [], "", 5, {}, "no JSON"])
def test_what_declares_no_tool_has_none(given: Any) -> None:
    definitions = definitions_of({"tools": given})
    assert definitions is None or (definitions.tools == [] and not definitions.is_whole)


def test_equal_definitions_are_one_object() -> None:
    first, second = ({"tools": [{"name": "f", "parameters": {"a": 1}}]} for _ in range(2))
    assert definitions_of(first) is definitions_of(second)
    other = {"tools": [{"name": "f", "parameters": {"a": True}}]}
    assert definitions_of(first) is not definitions_of(other)


def test_definitions_that_are_only_written_alike_are_two() -> None:
    number = UUID(int=7)
    first, second = (
        {"tools": [{"name": "f", "parameters": value}]} for value in (number, str(number))
    )
    assert definitions_of(first) is not definitions_of(second)
    large = {"tools": [{"name": "f", "parameters": {"maximum": 10**30}}]}
    assert definitions_of(large) is not None


def test_a_conversation_without_tools_has_no_tool_facts() -> None:
    facts = facts_of({"messages": [USER], "tools": []})
    assert facts is not None
    assert facts.tools is None
