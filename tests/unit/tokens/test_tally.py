"""A tally holds the integers that a cost follows from."""

from __future__ import annotations

from collections import Counter

from ftdata.tokens.framing import RowTokens
from ftdata.tokens.images import NO_IMAGES, Images
from ftdata.tokens.tally import tally_row

SHORT = RowTokens(billed=10, cookbook=12, trained=4, images=Images(1, patches=4), tools=0, head=5)
LONG = RowTokens(billed=100, cookbook=110, trained=20, images=NO_IMAGES, tools=7, head=70)


def tally(*rows: RowTokens, cap: int | None) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        tally_row(counts, row, cap)
    return counts


def test_without_a_cap_all_tokens_are_billed() -> None:
    assert tally(SHORT, LONG, cap=None) == {
        "rows": 2,
        "tokens": 110,
        "billed": 110,
        "cookbook": 122,
        "trained": 24,
        "images_number": 1,
        "images_patches": 4,
        "tool_rows": 1,
    }


def test_beyond_the_cap_nothing_is_billed() -> None:
    counts = tally(SHORT, LONG, cap=80)
    assert (counts["billed"], counts["tokens"], counts["over_cap"]) == (90, 110, 1)
    assert counts["unanswered"] == 0


def test_a_row_cut_before_its_answer_is_unanswered() -> None:
    assert tally(LONG, cap=71)["unanswered"] == 0
    assert tally(LONG, cap=70)["unanswered"] == 1
    assert tally(LONG._replace(trained=0), cap=70)["unanswered"] == 0


def test_a_row_of_exactly_the_cap_is_not_cut() -> None:
    assert tally(LONG, cap=100)["over_cap"] == 0


def test_zeros_are_left_out() -> None:
    assert set(tally(SHORT, cap=None)) == {
        "rows", "tokens", "billed", "cookbook", "trained", "images_number",
        "images_patches",
    }  # fmt: skip
