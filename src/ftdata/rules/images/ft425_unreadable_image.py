"""The data of an image are no base64, or are cut off.

Why it matters: nobody can decode it. Vendors leave such an image out, or fail on the row.

Target: openai-sft

Flagged:

    {"messages": [
      {"role": "user", "content": [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KG%go="}}
      ]},
      {"role": "assistant", "content": "A castle."}
    ]}

    {"messages": [
      {"role": "user", "content": [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KG"}}
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

How to repair: encode the file again, as one line without blanks, and see that no field of the way cuts long
texts.

Source: RFC 4648 on base64; RFC 2397 on data addresses; the fact image_types on the page of the target.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, images_of
from ftdata.rules.images.base64_data import fault_of


def flags(facts: Facts, limits: Limits) -> bool:
    """Asked of targets that say which types of images they take."""
    return limits.image_types is not None and any(map(fault_of, facts.images))


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the data."""
    for image in images_of(record) if limits.image_types is not None else ():
        fault = fault_of(image)
        if fault:
            yield Found(image.pointer, {"fault": fault})


RULE = Rule(
    code="FT425",
    name="unreadable-image",
    message="the data of an image are {fault}",
    fact="image_types",
    flags=flags,
    locate=locate,
    on_images=True,
)
