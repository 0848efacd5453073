"""A turn has more images than the target takes in one.

Why it matters: the target counts the images of each turn, and refuses the whole job for one turn.

Target: bedrock-nova-sft with max_turn_images = 1

Flagged:

    {"schemaVersion": "bedrock-conversation-2024", "messages": [
      {"role": "user", "content": [
        {"text": "Which is the elder?"},
        {"image": {"format": "png", "source": {"s3Location": {"uri": "s3://pictures/a.png"}}}},
        {"image": {"format": "png", "source": {"s3Location": {"uri": "s3://pictures/b.png"}}}}
      ]},
      {"role": "assistant", "content": [{"text": "The left one."}]}
    ]}

Clean:

    {"schemaVersion": "bedrock-conversation-2024", "messages": [
      {"role": "user", "content": [
        {"text": "What is this?"},
        {"image": {"format": "png", "source": {"s3Location": {"uri": "s3://pictures/a.png"}}}}
      ]},
      {"role": "assistant", "content": [{"text": "A castle."}]}
    ]}

How to repair: ask about fewer images at once, or in several turns.

Source: aws-samples/amazon-bedrock-samples@85fba9d nova_ft_dataset_validator.py MAX_NUM_IMAGES.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, images_of


def flags(facts: Facts, limits: Limits) -> bool:
    """Silent where all turns together have no more."""
    most = limits.max_turn_images
    if most is None or len(facts.images) <= most:
        return False
    return any(count > most for count in Counter(one.message for one in facts.images).values())


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each such turn."""
    most = limits.max_turn_images
    counts = Counter(image.message for image in images_of(record)) if most is not None else {}
    for index, count in counts.items():
        if most is not None and count > most:
            yield Found(f"/messages/{index}", {"found": count, "limit": most})


RULE = Rule(
    code="FT421",
    name="too-many-images-in-a-turn",
    message="{found:,} images in one turn, at most {limit:,} are taken",
    fact="max_turn_images",
    flags=flags,
    locate=locate,
    on_images=True,
)
