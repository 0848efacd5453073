"""Sums over images -> how many tokens they are for a model."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ftdata.costs.note import Note
from ftdata.model import Model


@dataclass(frozen=True)
class ImageTokens:
    """Tokens of one epoch. `least` and `most` differ where the size of an image is not known."""

    least: int
    most: int


def image_tokens(model: Model, counts: Mapping[str, int]) -> ImageTokens | None:
    """Gives the tokens of all images; None where it is not known how the model counts them.

    `counts` are those of `tokens.tally`.
    """
    number = counts.get("images_number", 0)
    if not number:
        return ImageTokens(0, 0)
    fact = model.facts.get("image_tokens")
    if fact is None:
        return None
    if "patch" in fact.value:
        each = Decimal(fact.value["patch"])
        bounds = (counts.get("images_patches", 0), counts.get("images_most_patches", 0))
        return ImageTokens(*(math.ceil(each * patches) for patches in bounds))
    bases = number * fact.value["base"]
    bounds = (counts.get("images_tiles", 0), counts.get("images_most_tiles", 0))
    return ImageTokens(*(bases + tiles * fact.value["tile"] for tiles in bounds))


def image_notes(model: Model, counts: Mapping[str, int]) -> Iterator[Note]:
    """Says how many tokens the images are, or that it is not known."""
    number = counts.get("images_number", 0)
    if not number:
        return
    tokens = image_tokens(model, counts)
    if tokens is None:
        yield Note(f"images, whose tokens are not counted: {number:,}")
        return
    fact = model.facts["image_tokens"]
    doubt = "" if fact.certain else f"; not certain: {fact.note}"
    if tokens.least == tokens.most:
        yield Note(f"images: {number:,}, of {tokens.most:,} tokens an epoch{doubt}", fact.source)
        return
    unknown = counts["images_unmeasured"]
    yield Note(
        f"images: {number:,}, of {tokens.least:,} to {tokens.most:,} tokens an epoch, as the size of "
        f"{unknown:,} is not known; nothing is fetched{doubt}",
        fact.source,
    )
