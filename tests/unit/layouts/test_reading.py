"""What case files cannot hold: values that no JSON text gives, and what happens between records."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from ftdata.errors import UnknownName, UsageError
from ftdata.layouts.cells import cell_text, json_text, kind_of, listed
from ftdata.layouts.refusal import Refused
from ftdata.layouts.registry import all_layouts, all_text_layouts, detect, detect_text, layout_named
from ftdata.layouts.template import columns_in
from ftdata.model import Fault, Layout, LayoutOptions

CHAT = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
FAQ = {"question": "When do you open?", "answer": "At nine."}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        ("00501", "00501"),
        (True, "true"),
        (12, "12"),
        (0.1, "0.1"),
        (Decimal("1.50"), "1.50"),
        (datetime.date(2024, 2, 29), "2024-02-29"),
        (
            datetime.datetime(2024, 2, 29, 12, 30, tzinfo=datetime.timezone.utc),
            "2024-02-29T12:30:00+00:00",
        ),
        (datetime.time(12, 30), "12:30:00"),
    ],
)
def test_a_cell_is_written_as_text(value: object, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("value", "kind"),
    [([1], "a list"), ({"a": 1}, "an object"), (b"bytes", "bytes"), ({1}, "set")],
)
def test_what_is_no_text_is_refused_by_its_kind(value: object, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        cell_text(value, "/cell")
    assert refused.value.fault == Fault("not-text", {"found": kind}, pointer="/cell")


def test_what_is_too_large_to_be_written_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for value in (10**5000, deep):
        with pytest.raises(Refused) as refused:
            json_text(value, "/cell")
        assert refused.value.fault.name == "not-text"
    arguments = {"name": "f", "arguments": deep}
    record = {"messages": [{"role": "assistant", "content": "", "tool_calls": [arguments]}]}
    layout = layout_named("chat")
    assert isinstance(layout, Layout)
    fault = layout.to_example(record, LayoutOptions())
    assert isinstance(fault, Fault)
    assert fault.name == "not-text"


def test_kinds_have_the_names_that_users_of_json_know() -> None:
    values = [None, False, 1, 0.5, "", [], (), {}]
    kinds = ["null", "a boolean", "a number", "a number", "text", "a list", "a list", "an object"]
    assert [kind_of(value) for value in values] == kinds


def test_json_is_written_with_characters_as_they_are() -> None:
    assert json_text({"café": datetime.date(2024, 2, 29)}) == '{"café": "2024-02-29"}'


def test_a_message_names_a_dozen_keys() -> None:
    assert listed(range(12)) == [str(number) for number in range(12)]
    assert listed(range(13)) == [*(str(number) for number in range(12)), "..."]


@pytest.mark.parametrize("layout", all_layouts(), ids=lambda layout: layout.name)
@pytest.mark.parametrize("record", [None, 3, "text", [], [1], {}], ids=repr)
def test_a_record_of_no_layout_carries_nothing_and_is_refused(layout: Layout, record: Any) -> None:
    options = LayoutOptions(user="x", assistant="y")
    assert not layout.recognises(record)
    assert layout.uses(record, options) == frozenset()
    fault = layout.to_example(record, options)
    assert isinstance(fault, Fault)
    expected = "lacks-layout-keys"
    if layout.name == "bare-messages" and isinstance(record, list):
        expected = "malformed-turn" if record else "no-turns"
    assert fault.name == expected


def test_a_file_has_the_layout_of_at_least_half_of_its_first_records() -> None:
    assert detect([CHAT, FAQ, CHAT]) == ["chat"]
    assert detect([CHAT, FAQ]) == ["chat", "question-answer"]
    assert detect([CHAT, {"a": 1}, {"a": 1}]) == []
    assert detect([]) == []


def test_an_empty_conversation_is_still_a_conversation() -> None:
    for key, name in (("messages", "chat"), ("conversations", "sharegpt")):
        assert detect([{key: []}]) == [name]


def test_a_document_of_nothing_has_no_layout() -> None:
    assert detect_text([]) == []
    assert detect_text(["", "  "]) == []


def test_layouts_are_found_by_name_with_dashes_or_underscores() -> None:
    names = [layout.name for layout in (*all_layouts(), *all_text_layouts())]
    assert len(set(names)) == len(names)
    for name in names:
        assert layout_named(name).name == name
        assert layout_named(name.replace("-", "_")).name == name
    with pytest.raises(UnknownName, match="question-answer"):
        layout_named("question-answers")


@pytest.mark.parametrize("template", ["{", "}", "{}", "a {b", "{a}}", "{{a}"])
def test_a_template_with_a_stray_brace_is_wrong_use(template: str) -> None:
    with pytest.raises(UsageError, match="stray"):
        columns_in(template)


def test_a_template_names_its_columns_in_order() -> None:
    assert columns_in("{b} and {a b}, {{c}} \\{d}") == ["b", "a b", "d"]


def test_the_columns_that_map_names_take_the_place_of_the_usual_ones() -> None:
    layout = layout_named("question-answer")
    assert isinstance(layout, Layout)
    record = {
        "question": "no",
        "answer": "no",
        "ask": "When?",
        "say": "At nine.",
        "past": '[["a", "b"]]',
    }
    options = LayoutOptions(columns={"question": "ask", "assistant": "say", "history": "past"})
    assert layout.uses(record, options) == {"ask", "say", "past"}
    example = layout.to_example(record, options)
    assert not isinstance(example, Fault)
    assert [message["content"] for message in example["messages"]] == [
        "a",
        "b",
        "When?",
        "At nine.",
    ]


def test_a_system_turn_of_the_conversation_goes_before_the_one_beside_it() -> None:
    layout = layout_named("sharegpt")
    assert isinstance(layout, Layout)
    turns = [{"from": "system", "value": "Be brief."}, {"from": "human", "value": "Hi"}]
    assert layout.uses({"conversations": turns, "system": "x"}, LayoutOptions()) == {
        "conversations"
    }
    assert layout.uses({"conversations": turns[1:], "system": "x"}, LayoutOptions()) == {
        "conversations",
        "system",
    }
