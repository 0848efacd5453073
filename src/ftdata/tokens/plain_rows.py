"""Many chat rows at once -> their tokens in all, where turns have a role and a text and no more.

Of such rows nothing but the sum is needed, and no row has to be looked at by itself: what is added around
texts follows from the roles, and the texts are counted together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from ftdata.catalog.framing_catalog import framing_named
from ftdata.tokens.framing import RowTokens
from ftdata.tokens.turns import Count, TurnTokens, turns


def plain_tokens(
    sequences: Mapping[tuple[str, ...], int],
    trained_texts: Sequence[str],
    other_texts: Sequence[str],
    count: Count,
    total: Callable[[Sequence[str]], int],
) -> RowTokens:
    """Gives the sums over all rows; `head`, which is no sum, is 0.

    `sequences`: the sequences of roles, and how many rows have each. `trained_texts` are those of the
    turns for which `is_trained_role` is true. `total` is to `count` what the sum over texts is to one.
    """
    framing = framing_named()
    billed = unbilled = 0
    for roles, rows in sequences.items():
        around = [_around(role, count) for role in roles]
        billed += rows * (framing.row + sum(turn.billed for turn in around))
        unbilled += rows * (framing.cookbook_row - framing.row)
        unbilled += rows * sum(turn.unbilled for turn in around)
    trained = total(trained_texts)
    billed += trained + _total_of_repeated(other_texts, count, total)
    return RowTokens(billed, billed + unbilled, trained, images=0, tools=0, head=0)


def is_trained_role(role: str) -> bool:
    """True where training learns from a turn of this role that says nothing else about it."""
    return _around(role, len).trained


def _total_of_repeated(
    texts: Sequence[str], count: Count, total: Callable[[Sequence[str]], int]
) -> int:
    """The same as `total`, but system prompts, which rows mostly have in common, are counted once."""
    times = Counter(texts)
    again = sum((n - 1) * count(text) for text, n in times.items() if n > 1)
    return total(list(times)) + again


@lru_cache(maxsize=64)
def _around(role: str, count: Count) -> TurnTokens:
    """What stands around the text of such a turn: the tokens of one whose text is empty."""
    (turn,) = turns([{"role": role, "content": ""}], count, framing_named())
    return turn
