"""An image is of a type that the target does not take.

Why it matters: such an image is left out, or the file is refused. What counts is what the first bytes say;
where they say nothing, or the image stands elsewhere, it is what is told beside it.

Target: openai-sft

Flagged:

    {"messages": [
      {"role": "user", "content": [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP8="}}
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

How to repair: save the image as PNG or JPEG, which every vendor takes.

Source: the fact image_types on the page of the target.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Image, Limits, Rule, images_of
from ftdata.rules.images.base64_data import true_type
from ftdata.rules.quoting import cut


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent where no type is known."""
    types = limits.image_types
    return types is not None and any(_other_type(image, types) for image in facts.images)


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at what tells the type, or at the data."""
    types = limits.image_types
    for image in images_of(record) if types is not None else ():
        found = _other_type(image, types or frozenset())
        if found is not None:
            at = image.pointer if found != image.type else image.at_type
            yield Found(at, {"found": cut(found), "allowed": sorted(types or ())})


def _other_type(image: Image, types: frozenset[str]) -> str | None:
    found = true_type(image) or image.type
    return None if found in types else found


RULE = Rule(
    code="FT423",
    name="image-type",
    message="an image of the type {found}, taken are {allowed}",
    fact="image_types",
    flags=flags,
    locate=locate,
    on_images=True,
)
