"""A cut at the token limit takes the end of a row: the forecast says which answer that hits."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.tokens.forecast import Truncation, forecast, needs_counting


def words(text: str) -> int:
    return len(text.split())


#: 1 + (4 + 2) + (4 + 3) + (4 + 1) + (4 + 5) = 28 tokens. The answers begin after 10 and 22 of them.
ROW = {
    "messages": [
        {"role": "user", "content": "say three"},
        {"role": "assistant", "content": "one two three"},
        {"role": "user", "content": "five"},
        {"role": "assistant", "content": "one two three four five"},
    ]
}


@pytest.mark.parametrize(
    ("limit", "first", "lost", "surviving"),
    [
        (27, None, 0, 8),  # only what closes the last turn is cut
        (26, 3, 1, 7),
        (23, 3, 4, 4),
        (22, 3, 5, 3),
        (13, 3, 5, 3),
        (12, 1, 6, 2),
        (11, 1, 7, 1),
        (10, 1, 8, 0),
        (1, 1, 8, 0),
    ],
)
def test_tokens_are_lost_from_the_end(
    limit: int, first: int | None, lost: int, surviving: int
) -> None:
    assert forecast(ROW, words, limit) == Truncation(28, limit, first, lost, surviving)


@pytest.mark.parametrize("limit", [28, 29, 65_536])
def test_a_row_within_the_limit_loses_nothing(limit: int) -> None:
    assert forecast(ROW, words, limit) is None


def test_a_turn_of_weight_zero_is_no_loss() -> None:
    untrained = {"role": "assistant", "content": "one two", "weight": 0}
    cut = forecast({"messages": [untrained]}, words, 4)
    assert cut == Truncation(tokens=7, limit=4, message_index=None, lost=0, surviving=0)


def test_tool_definitions_push_answers_out() -> None:
    without = forecast(ROW, words, 26)
    with_tools = forecast({**ROW, "tools": [{"function": {"name": "f"}}]}, words, 26)
    assert without is not None
    assert with_tools is not None
    assert with_tools.lost > without.lost


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"text": "a b c"}, Truncation(3, 2, None, 1, 2)),
        ({"prompt": "a b c", "completion": "d"}, Truncation(4, 2, None, 1, 0)),
    ],
)
def test_rows_without_messages(record: dict[str, Any], expected: Truncation) -> None:
    cut = forecast(record, words, 2)
    assert cut is not None
    assert cut[:2] + cut[3:] == expected[:2] + expected[3:]
    assert cut.message_index is None


def test_a_short_line_needs_no_counting() -> None:
    assert not needs_counting(65_536, 65_536)
    assert needs_counting(65_537, 65_536)
