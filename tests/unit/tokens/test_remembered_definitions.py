"""Tool definitions that stand in every row are counted once."""

from __future__ import annotations

from typing import Any

from ftdata.tokens.framing import row_tokens


def row(note: object) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"n": {"enum": [note]}}}
    return {
        "messages": [],
        "tools": [{"type": "function", "function": {"name": "f", "parameters": schema}}],
    }


def test_definitions_are_remembered_and_never_taken_for_others() -> None:
    counted: list[str] = []

    def count(text: str) -> int:
        counted.append(text)
        return len(text)

    first = row_tokens(row("one"), count).tools
    times = len(counted)
    assert row_tokens(row("one"), count).tools == first
    assert len(counted) == times
    assert row_tokens(row("three"), count).tools == first + 2
    for number in range(1000):
        assert row_tokens(row(f"{number:03}"), count).tools == first


def test_definitions_that_cannot_be_remembered_are_counted_all_the_same() -> None:
    odd = row("one")
    odd["tools"][0]["function"]["note"] = object()
    assert row_tokens(odd, len).tools == row_tokens(row("one"), len).tools
