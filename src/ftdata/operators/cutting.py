"""What is said of a row that is longer than the token limit."""

from __future__ import annotations

from ftdata.model import Found, Limits, Rule
from ftdata.rules.registry import rule_named
from ftdata.tokens.forecast import Truncation


def cut_finding(cut: Truncation, limits: Limits, pointer: str) -> tuple[Rule, Found]:
    """Gives the rule and its finding; `pointer` is that of the first answer that loses tokens."""
    params: dict[str, object] = {"tokens": cut.tokens, "limit": cut.limit}
    if limits.over_max_tokens != "truncate":
        return rule_named("over-token-limit"), Found("", params)
    if cut.surviving == 0:
        return rule_named("nothing-left-to-train"), Found("", params)
    params |= {"message": cut.message_index, "lost": cut.lost}
    return rule_named("answer-truncated"), Found(pointer, params)
