"""A docstring is cut into the parts of a page."""

from __future__ import annotations

from ftdata.rules.page import read_page

DOCSTRING = """A sentence
over two lines.

Why it matters: because.

Target: azure-sft with max_message_characters = 20

Flagged:

    {"messages": [
      {"role": "user"}
    ]}

    {}

Clean: in words.

How to repair: do it.

Source: a page."""


def test_each_part_has_its_text() -> None:
    page = read_page(DOCSTRING)
    assert page.sentence == "A sentence\nover two lines."
    assert page.parts["Why it matters"] == "because."
    assert page.parts["Source"] == "a page."
    assert list(page.parts) == [
        "Why it matters",
        "Target",
        "Flagged",
        "Clean",
        "How to repair",
        "Source",
    ]


def test_a_target_and_a_limit_are_read() -> None:
    page = read_page(DOCSTRING)
    assert page.target == "azure-sft"
    assert page.limit == ("max_message_characters", 20)


def test_without_a_target_it_is_generic_chat() -> None:
    page = read_page("A sentence.\n\nSource: a page.")
    assert page.target == "generic-chat"
    assert page.limit is None


def test_blocks_are_snippets_and_words_are_not() -> None:
    page = read_page(DOCSTRING)
    assert page.snippets("Flagged") == [
        '    {"messages": [       {"role": "user"}     ]}',
        "    {}",
    ]
    assert page.snippets("Clean") == []
    assert page.snippets("Nothing") == []
