"""Documents are cut while they are read: one that never ends still gives its pieces."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, cycle, islice, repeat

import pytest

from ftdata.errors import UsageError
from ftdata.layouts.document import MAX_CHARACTERS
from ftdata.layouts.registry import layout_named
from ftdata.model import Example, Fault, LayoutOptions, TextLayout

LONG = "a word " * 1000
ENDLESS = {
    "turns": ["User: " + LONG, "Assistant: " + LONG],
    "one turn": ["User: " + LONG],
    "one turn going on": [LONG],
    "a question going on": ["Q: " + LONG, LONG, LONG],
    "log of one": ["[10:01] <ann> " + LONG],
    "log of strangers": ["[10:01] <ann> " + LONG, "[10:01] <bob> " + LONG],
    "events": ["[10:01] <user> hi", "=== ann has joined"],
    "headings": ["# Title", LONG],
    "paragraphs": [LONG, ""],
    "only headings": ["# Title " + LONG],
    "one word": ["x" * 10_000],
}


def split(
    name: str, lines: Iterator[tuple[int, str]], options: LayoutOptions
) -> Iterator[Example | Fault]:
    layout = layout_named(name)
    assert isinstance(layout, TextLayout)
    return (piece for _, piece in layout.split(lines, options, lambda text: len(text.split())))


@pytest.mark.parametrize("name", ["transcript", "qa-pairs", "sections", "chunks"])
@pytest.mark.parametrize("pattern", ENDLESS.values(), ids=ENDLESS)
def test_a_document_without_end_gives_its_pieces(name: str, pattern: list[str]) -> None:
    options = LayoutOptions(chunk_tokens=500)
    pieces = list(islice(split(name, enumerate(cycle(pattern), 1), options), 3))
    assert len(pieces) == 3
    assert all(len(str(piece)) < 8 * MAX_CHARACTERS for piece in pieces)


def test_an_endless_answer_is_cut_and_the_rest_left_over() -> None:
    lines = chain(["Q: why?", "A: because"], repeat(LONG, 400), ["Q: really?", "A: yes"])
    pieces = list(split("qa-pairs", enumerate(lines, 1), LayoutOptions()))
    assert [isinstance(piece, Fault) for piece in pieces].count(False) == 2
    left = [piece for piece in pieces if isinstance(piece, Fault)]
    assert {fault.name for fault in left} == {"leftover-text"}


def test_a_pair_ends_at_a_thousand_blank_lines() -> None:
    lines = chain(["Q: why?", "A: because"], repeat("", 1001), ["so", "Q: really?", "A: yes"])
    first, left, second = split("qa-pairs", enumerate(lines, 1), LayoutOptions())
    assert first == {
        "messages": [
            {"role": "user", "content": "why?"},
            {"role": "assistant", "content": "because"},
        ]
    }
    assert isinstance(left, Fault)
    assert left.original == "so"
    assert not isinstance(second, Fault)


def test_a_long_line_is_cut_at_a_space_and_put_together_again_in_chunks() -> None:
    line = "word " * (MAX_CHARACTERS // 4)
    options = LayoutOptions(chunk_tokens=10**9)
    pieces = list(split("chunks", iter([(1, line), (2, "end")]), options))
    assert pieces == [{"text": f"{line}\nend"}]
    sections = list(split("sections", iter([(1, line)]), LayoutOptions()))
    assert all("text" in piece for piece in sections)
    assert len(sections) == 2


def test_a_word_without_end_is_cut_anywhere() -> None:
    word = "x" * (MAX_CHARACTERS + 10)
    sections = list(split("sections", iter([(1, word)]), LayoutOptions()))
    assert [len(piece["text"]) for piece in sections if not isinstance(piece, Fault)] == [
        MAX_CHARACTERS,
        10,
    ]


def test_chunks_need_a_number_of_tokens() -> None:
    for tokens in (None, 0):
        with pytest.raises(UsageError, match="--chunk-tokens"):
            list(split("chunks", iter([(1, "text")]), LayoutOptions(chunk_tokens=tokens)))


def test_a_character_that_is_longer_than_a_chunk_is_left_over() -> None:
    layout = layout_named("chunks")
    assert isinstance(layout, TextLayout)
    pieces = list(
        layout.split([(1, "a b")], LayoutOptions(chunk_tokens=1), lambda text: 2 * len(text))
    )
    assert [piece for _, piece in pieces] == [
        Fault("leftover-text", {"text": letter}, original=letter, is_row=False) for letter in "ab"
    ]


def test_a_chunk_whose_instruction_asks_for_a_title_is_a_fault() -> None:
    options = LayoutOptions(chunk_tokens=9, instruction="About {title}")
    (piece,) = split("chunks", iter([(1, "text")]), options)
    assert isinstance(piece, Fault)
    assert (piece.name, piece.original) == ("empty-cell", "text")
