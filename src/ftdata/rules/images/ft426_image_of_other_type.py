"""An image is said to be of one type, and its bytes are of another.

Why it matters: what a service does with it depends on which of the two it believes.

Target: openai-sft

Flagged:

    {"messages": [
      {"role": "user", "content": [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,iVBORw0KGgo="}}
      ]},
      {"role": "assistant", "content": "A castle."}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
      ]},
      {"role": "assistant", "content": "A castle."}
    ]}

How to repair: write the type that the bytes have.

Source: RFC 2397 on data addresses; the first bytes of each type are those of its specification, such as
ISO/IEC 15948 of PNG.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Image, Limits, Rule, images_of
from ftdata.rules.images.base64_data import true_type
from ftdata.rules.quoting import cut


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent where the true type is one that the target does not take: that is said by another rule."""
    types = limits.image_types
    return types is not None and any(_contradicts(image, types) for image in facts.images)


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at what tells the type."""
    types = limits.image_types
    for image in images_of(record) if types is not None else ():
        if _contradicts(image, types or frozenset()):
            told = cut(image.type or "", 40)
            yield Found(image.at_type, {"told": told, "found": true_type(image)})


def _contradicts(image: Image, types: frozenset[str]) -> bool:
    found = true_type(image)
    return image.type is not None and found in types and found != image.type


RULE = Rule(
    code="FT426",
    name="image-of-other-type",
    message="an image said to be {told} is {found}",
    severity="warning",
    flags=flags,
    locate=locate,
    on_images=True,
)
