"""The integers that a cost is computed from, summed over rows in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ftdata.model import Lengths, bin_of
from ftdata.tokens.framing import RowTokens
from ftdata.tokens.images import NO_IMAGES


def tally_whole_rows(counts: Counter[str], rows: int, sums: RowTokens) -> None:
    """Adds `rows` rows without images and tools that are cut nowhere; `sums` is over all of them."""
    counts["rows"] += rows
    counts["tokens"] += sums.billed
    counts["billed"] += sums.billed
    counts["cookbook"] += sums.cookbook
    if sums.trained:
        counts["trained"] += sums.trained
    for role, tokens in sums.roles:
        counts[f"role_{role}"] += tokens


def tally_row(counts: Counter[str], row: RowTokens, cap: int | None) -> None:
    """Adds one row to `counts`. `cap` is where the vendor cuts a row, in tokens; None: nowhere.

    rows, tokens, cookbook, trained: sums of the row's own numbers
    images_<field>: sums over images (see `images.Images`)
    billed: tokens that are charged for one epoch, those beyond the cap left out
    over_cap: rows that are cut; unanswered: those of them whose trained tokens are all cut off
    tool_rows: rows with tool definitions
    role_<role>: of tokens, those of the turns of a role
    """
    is_cut = cap is not None and row.billed > cap
    amounts = {
        "rows": 1,
        "tokens": row.billed,
        "cookbook": row.cookbook,
        "trained": row.trained,
        "tool_rows": int(row.tools > 0),
        "billed": min(row.billed, cap) if cap is not None else row.billed,
        "over_cap": int(is_cut),
        "unanswered": int(cap is not None and is_cut and row.trained > 0 and row.head >= cap),
    }
    if row.images is not NO_IMAGES:
        amounts |= {f"images_{name}": amount for name, amount in row.images._asdict().items()}
    for role, tokens in row.roles:
        amounts[f"role_{role}"] = tokens
    for name, amount in amounts.items():
        if amount:  # a Counter drops its zeros when it is added to another
            counts[name] += amount


def tally_length(counts: Counter[str], length: int) -> None:
    """Adds a row to a histogram of lengths in tokens (see `model.Lengths`), by the text of its bin."""
    counts[str(bin_of(length))] += 1


def lengths_in(counts: Mapping[str, int]) -> Lengths:
    """Gives the histogram that `tally_length` made."""
    return Lengths({int(first): rows for first, rows in counts.items()})
