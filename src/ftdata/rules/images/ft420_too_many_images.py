"""An example has more images than the target takes.

Why it matters: some vendors refuse the file, others leave the example out and say nothing: the model then
learns from fewer examples than you count.

Target: together-sft with max_images = 1

Flagged:

    {"messages": [
      {"role": "user", "content": [
        {"type": "text", "text": "Which is the elder?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
      ]},
      {"role": "assistant", "content": [{"type": "text", "text": "The left one."}]}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
      ]},
      {"role": "assistant", "content": [{"type": "text", "text": "A castle."}]}
    ]}

How to repair: split the example, or drop the images that the answers do not need.

Source: the fact max_images on the page of the target.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, images_of


def flags(facts: Facts, limits: Limits) -> bool:
    """Counts those of all turns."""
    return limits.max_images is not None and len(facts.images) > limits.max_images


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the first image that is too many."""
    most = limits.max_images
    images = images_of(record) if most is not None else ()
    if most is not None and len(images) > most:
        yield Found(images[most].pointer, {"found": len(images), "limit": most})


RULE = Rule(
    code="FT420",
    name="too-many-images",
    message="{found:,} images in one example, at most {limit:,} are taken",
    fact="max_images",
    flags=flags,
    locate=locate,
    on_images=True,
)
