"""User data in messages is short, on one line and harmless; pointers are RFC 6901."""

from __future__ import annotations

import pytest

from ftdata.rules.pointer import pointer_to
from ftdata.rules.quoting import cut, kind_of, names_of, quoted


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("bot", "'bot'"),
        ("a\nb\x1b[31m\u202e", r"'a\nb\x1b[31m\u202e'"),
        ("\ud800", r"'\ud800'"),
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0.5, "0.5"),
        (7, "7"),
        ({"a": 1}, "an object"),
        ([1], "a list"),
        ((1,), "a list"),
        ({1}, "a Python set"),
    ],
)
def test_a_value_is_shown_as_what_it_is(value: object, text: str) -> None:
    assert quoted(value) == text


def test_a_number_of_more_digits_than_python_prints_is_told() -> None:
    assert quoted(10**5000) == quoted(-(10**5000)) == "a number of many digits"


@pytest.mark.parametrize("value", ["x" * 10**6, "\x00" * 10**6, "'\"" * 100])
def test_a_long_text_is_cut_at_80_characters(value: str) -> None:
    assert len(quoted(value)) <= 80
    assert quoted(value).endswith("...")
    assert quoted(value).isprintable()


def test_a_cut_text_keeps_its_beginning() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abc..."


def test_the_kinds_are_those_of_json() -> None:
    values = [None, True, "a", 1, 0.5, {}, []]
    assert [kind_of(value) for value in values] == [
        "null",
        "a boolean",
        "a string",
        "a number",
        "a number",
        "an object",
        "a list",
    ]


def test_only_the_first_names_are_listed() -> None:
    assert names_of(["a", 1]) == ["'a'", "1"]
    assert names_of("abcdefghij") == [*(f"'{c}'" for c in "abcdefgh"), "..."]


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ((), ""),
        (("messages", 0, "role"), "/messages/0/role"),
        (("a/b", "c~d", ""), "/a~1b/c~0d/"),
        (("messages", "k" * 81, "x"), "/messages"),
    ],
)
def test_a_pointer_leads_to_the_place_or_stops_before_an_endless_key(
    path: tuple[str | int, ...], pointer: str
) -> None:
    assert pointer_to(path) == pointer
