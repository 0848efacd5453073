"""An image has more bytes than the target takes.

Why it matters: such an image is left out, or the file is refused. The size is that of the image itself; in
base64 it has a third more characters. Images that stand elsewhere are not fetched, so their size is not
known.

Target: together-sft with max_image_bytes = 8

Flagged:

    {"messages": [
      {"role": "user", "content": [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgoAAAAN"}}
      ]},
      {"role": "assistant", "content": [{"type": "text", "text": "A castle."}]}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
      ]},
      {"role": "assistant", "content": [{"type": "text", "text": "A castle."}]}
    ]}

How to repair: make the image smaller; models look at it in tiles of some hundred pixels anyway.

Source: the fact max_image_bytes on the page of the target.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Image, Limits, Rule, images_of
from ftdata.rules.images.base64_data import size_of


def flags(facts: Facts, limits: Limits) -> bool:
    """Looks at the lengths of texts only."""
    return limits.max_image_bytes is not None and any(
        _excess(image, limits.max_image_bytes) for image in facts.images
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each such image."""
    most = limits.max_image_bytes
    for image in images_of(record) if most is not None else ():
        if most is not None and _excess(image, most):
            yield Found(image.pointer, {"found": size_of(image), "limit": most})


def _excess(image: Image, most: int) -> bool:
    size = size_of(image)
    return size is not None and size > most


RULE = Rule(
    code="FT422",
    name="image-too-large",
    message="an image of {found:,} bytes, at most {limit:,} are taken",
    fact="max_image_bytes",
    flags=flags,
    locate=locate,
    on_images=True,
)
