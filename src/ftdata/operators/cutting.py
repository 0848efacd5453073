"""What is said of a row that is longer than the token limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.model import Found, Limits, Rule, TurnView
from ftdata.rules.registry import rule_named
from ftdata.tokens.forecast import Truncation, forecast
from ftdata.tokens.turns import Count

#: The names of the rules that a token limit is enforced by.
TOKEN_RULES = ("over-token-limit", "answer-truncated", "nothing-left-to-train")


def cut_in(
    record: dict[str, Any], view: TurnView | None, limits: Limits, count: Count
) -> Iterator[tuple[Rule, Found]]:
    """Gives what is said of a chat that is too long: of the first answer that is cut."""
    parts = [record] if view is None else view.conversations(record)
    for number, part in enumerate(parts):
        cut = forecast(part, count, limits.max_tokens or 0)
        if cut is not None:
            yield cut_finding(cut, limits, _place(record, cut.message_index, number))
            return


def cut_finding(cut: Truncation, limits: Limits, pointer: str) -> tuple[Rule, Found]:
    """Gives the rule and its finding; `pointer` is that of the first answer that loses tokens."""
    params: dict[str, object] = {"tokens": cut.tokens, "limit": cut.limit}
    if limits.over_max_tokens != "truncate":
        return rule_named("over-token-limit"), Found("", params)
    if cut.surviving == 0:
        return rule_named("nothing-left-to-train"), Found("", params)
    params |= {"message": cut.message_index, "lost": cut.lost}
    return rule_named("answer-truncated"), Found(pointer, params)


def _place(record: dict[str, Any], index: int | None, answer: int) -> str:
    """A pointer to a turn of a chat, or to the answer that it belongs to."""
    if index is None:
        return ""
    is_answer = index >= len(record["messages"])
    return f"/answers/{answer}" if is_answer else f"/messages/{index}"
