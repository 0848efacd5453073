"""What of a row's answers survives when the row is cut at a token limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ftdata.catalog.framing_catalog import Framing, framing_named
from ftdata.tokens.framing import row_tokens, tools_tokens
from ftdata.tokens.turns import Count, turns


class Truncation(NamedTuple):
    """A row that is longer than the limit, and what of its trained tokens is cut off its end."""

    tokens: int
    limit: int
    message_index: (
        int | None
    )  # the first trained turn that loses tokens; None: none, or no chat row
    lost: int  # trained tokens beyond the limit
    surviving: int  # trained tokens within it


def needs_counting(byte_count: int, limit: int) -> bool:
    """False for a JSON line that cannot have more than `limit` tokens, images apart, by its length.

    A token stands for at least one byte, JSON writes no text shorter than it is, and what JSON writes
    around a message or a tool is longer than its framing: a line never has more tokens than bytes.
    (A number written as 1E9 inside a tool is the exception: it is counted as 1000000000.0.)
    """
    return byte_count > limit


def forecast(
    record: Any, count: Count, limit: int, *, framing: Framing | None = None
) -> Truncation | None:
    """Says what is lost if the row is cut after `limit` tokens; None if it is not longer."""
    framing = framing or framing_named()
    row = row_tokens(record, count, framing=framing)
    if row.billed <= limit:
        return None
    first: int | None = None
    lost = 0
    for index, start, said in _trained_spans(record, count, framing):
        cut = min(said, max(0, start + said - limit))
        if cut and not lost:
            first = index
        lost += cut
    return Truncation(row.billed, limit, first, lost, row.trained - lost)


def _trained_spans(
    record: dict[str, Any], count: Count, framing: Framing
) -> Iterator[tuple[int | None, int, int]]:
    """For each trained turn its index, the tokens before what it says, and the tokens it says."""
    messages = record.get("messages")
    if not isinstance(messages, (list, tuple)):
        row = row_tokens(record, count, framing=framing)
        yield None, row.head, row.trained
        return
    place = framing.row + tools_tokens(record, count, framing)
    for index, turn in enumerate(turns(messages, count, framing)):
        if turn.trained:
            yield index, place + turn.opening, turn.said
        place += turn.billed
