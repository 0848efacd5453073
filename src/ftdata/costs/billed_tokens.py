"""What was counted -> the tokens of one epoch that a vendor bills, as a spread."""

from __future__ import annotations

from collections.abc import Mapping

from ftdata.costs.images import image_tokens
from ftdata.costs.note import Note
from ftdata.costs.spread import Spread
from ftdata.model import Fact, Model


def billed_tokens(
    model: Model,
    counts: Mapping[str, int],
    billing: Mapping[str, Fact],
    *,
    ratio: Spread | None = None,
) -> tuple[Spread, list[Note]]:
    """Gives the tokens of one epoch, and what was assumed.

    Text counts as it is cut at the model's limit; whether what is cut off is billed is not certain at most
    vendors, so the most has it. `ratio` is of the model's own tokens to those that were counted, where its
    vocabulary is not known. Images of unknown size are between the least and the most.
    """
    notes = []
    billed, whole = counts.get("billed", 0), counts.get("tokens", 0)
    cut_off = billing.get("truncated_billed")
    spread = Spread.of(billed)
    if whole > billed and not (cut_off is not None and cut_off.certain and not cut_off.value):
        spread = Spread(spread.low, spread.expected, Spread.of(whole).high)
        notes.append(
            Note("high: as if what is cut off were billed, too", cut_off.source if cut_off else "")
        )
    if ratio is not None:
        spread = spread.times(ratio)
    images = image_tokens(model, counts)
    if images is not None and images.most:
        spread = spread.plus(Spread.between(images.least, images.most))
        if images.least < images.most:
            notes.append(Note("expected: images of unknown size are taken in the middle"))
    return spread, notes
