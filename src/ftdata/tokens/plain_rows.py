"""Many chat rows at once -> their tokens in all, where turns have a role and a text and no more.

Of such rows nothing but the sum is needed, and no row has to be looked at by itself: what is added around
texts follows from the roles, and the texts are counted together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from ftdata.catalog.framing_catalog import framing_named
from ftdata.tokens.framing import RowTokens
from ftdata.tokens.images import NO_IMAGES
from ftdata.tokens.turns import Count, TurnTokens, turns

#: Rows mostly have their system prompt in common; it is counted once.
_REPEATED = frozenset({"system", "developer"})


def plain_tokens(
    rows: int,
    texts: Mapping[str, Sequence[str]],
    count: Count,
    total: Callable[[Sequence[str]], int],
) -> RowTokens:
    """Gives the sums over all rows; `head`, which is no sum, is 0.

    `texts`: what the turns of each role say. `total` is to `count` what the sum over texts is to one.
    """
    framing = framing_named()
    billed = rows * framing.row
    unbilled = rows * (framing.cookbook_row - framing.row)
    trained = 0
    roles: dict[str, int] = {}
    for role, said in texts.items():
        around = _around(role, count)
        tokens = _total_of_repeated(said, count, total) if role in _REPEATED else total(said)
        of_role = len(said) * around.billed + tokens
        billed += of_role
        if of_role:
            roles[role] = of_role
        unbilled += len(said) * around.unbilled
        trained += tokens * around.trained
    by_role = tuple(roles.items())
    return RowTokens(billed, billed + unbilled, trained, NO_IMAGES, tools=0, head=0, roles=by_role)


def plain_length(turns: Iterable[tuple[str, str]], count: Count) -> int:
    """Gives the billed tokens of one row, of whose turns the roles and texts are given."""
    return framing_named().row + sum(
        _around(role, count).billed + count(text) for role, text in turns
    )


def _total_of_repeated(
    texts: Sequence[str], count: Count, total: Callable[[Sequence[str]], int]
) -> int:
    times = Counter(texts)
    again = sum((n - 1) * count(text) for text, n in times.items() if n > 1)
    return total(list(times)) + again


@lru_cache(maxsize=64)
def _around(role: str, count: Count) -> TurnTokens:
    """What stands around the text of such a turn: the tokens of one whose text is empty."""
    (turn,) = turns([{"role": role, "content": ""}], count, framing_named())
    return turn
