"""The integers that a cost is computed from, summed over rows in any order."""

from __future__ import annotations

from collections import Counter

from ftdata.tokens.framing import RowTokens


def tally_row(counts: Counter[str], row: RowTokens, cap: int | None) -> None:
    """Adds one row to `counts`. `cap` is where the vendor cuts a row, in tokens; None: nowhere.

    rows, tokens, cookbook, trained, images: sums of the row's own numbers
    billed: tokens that are charged for one epoch, those beyond the cap left out
    over_cap: rows that are cut; unanswered: those of them whose trained tokens are all cut off
    tool_rows: rows with tool definitions
    """
    counts["rows"] += 1
    counts["tokens"] += row.billed
    counts["cookbook"] += row.cookbook
    counts["trained"] += row.trained
    counts["images"] += row.images
    counts["tool_rows"] += row.tools > 0
    if cap is None or row.billed <= cap:
        counts["billed"] += row.billed
    else:
        counts["billed"] += cap
        counts["over_cap"] += 1
        counts["unanswered"] += row.trained > 0 and row.head >= cap
