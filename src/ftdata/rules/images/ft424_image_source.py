"""An image stands where the target does not read it.

Why it matters: some vendors fetch images from the web, some want them within the row, others only from their
own storage. An image that is not read is left out, or the file is refused.

Target: bedrock-nova-sft

Flagged:

    {"schemaVersion": "bedrock-conversation-2024", "messages": [
      {"role": "user", "content": [
        {"text": "What is this?"},
        {"image": {"format": "png", "source": {"bytes": "iVBORw0KGgo="}}}
      ]},
      {"role": "assistant", "content": [{"text": "A castle."}]}
    ]}

Clean:

    {"schemaVersion": "bedrock-conversation-2024", "messages": [
      {"role": "user", "content": [
        {"text": "What is this?"},
        {"image": {"format": "png", "source": {"s3Location": {"uri": "s3://pictures/a.png"}}}}
      ]},
      {"role": "assistant", "content": [{"text": "A castle."}]}
    ]}

How to repair: put the images where the target reads them, and write their addresses into the rows.

Source: the fact image_sources on the page of the target.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Image, Limits, Rule, images_of
from ftdata.rules.quoting import cut

_TOLD = {
    "base64": "within the row",
    "data": "within the row, not in base64",
    "url": "on the web",
    "path": "in a file",
}


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent where it is not known where an image stands."""
    sources = limits.image_sources
    return sources is not None and any(_is_elsewhere(one, sources) for one in facts.images)


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the address, or at the data."""
    sources = limits.image_sources
    for image in images_of(record) if sources is not None else ():
        if _is_elsewhere(image, sources or frozenset()):
            found = _TOLD.get(image.source or "", f"at {cut(image.source or '', 20)}:")
            yield Found(image.pointer, {"found": found, "allowed": sorted(sources or ())})


def _is_elsewhere(image: Image, sources: frozenset[str]) -> bool:
    return image.source is not None and image.source != "data" and image.source not in sources


RULE = Rule(
    code="FT424",
    name="image-source",
    message="an image {found}; it is read from: {allowed}",
    fact="image_sources",
    flags=flags,
    locate=locate,
    on_images=True,
)
