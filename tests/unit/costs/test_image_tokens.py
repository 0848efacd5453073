"""Images become tokens by the numbers of the model."""

from __future__ import annotations

import pytest

from ftdata.catalog.model_catalog import load_model
from ftdata.costs.images import ImageTokens, image_notes, image_tokens

ONE = {
    "images_number": 1,
    "images_tiles": 4,
    "images_most_tiles": 4,
    "images_patches": 1024,
    "images_most_patches": 1024,
}


@pytest.mark.parametrize(
    ("vendor", "model", "tokens"),
    [
        ("openai", "gpt-4o", 765),
        ("azure", "gpt-4.1", 765),
        ("openai", "gpt-4o-mini", 2833 + 4 * 5667),
        ("openai", "gpt-4.1-mini", 1659),
        ("openai", "gpt-4.1-nano", 2520),
        ("azure", "o4-mini", 1762),
    ],
)
def test_an_image_of_known_size(vendor: str, model: str, tokens: int) -> None:
    found = image_tokens(load_model(model, vendor=vendor), ONE)
    assert found == ImageTokens(tokens, tokens)


def test_low_detail_is_the_base_alone() -> None:
    counts = {"images_number": 2, "images_patches": 2048, "images_most_patches": 2048}
    assert image_tokens(load_model("gpt-4o", vendor="openai"), counts) == ImageTokens(170, 170)


def test_an_unknown_size_is_a_range() -> None:
    unknown = {
        "images_number": 1,
        "images_unmeasured": 1,
        "images_tiles": 1,
        "images_most_tiles": 8,
        "images_patches": 1,
        "images_most_patches": 1536,
    }
    assert image_tokens(load_model("gpt-4o", vendor="openai"), unknown) == ImageTokens(255, 1445)
    assert image_tokens(load_model("gpt-4.1-mini", vendor="openai"), unknown) == ImageTokens(
        2, 2489
    )
    (note,) = image_notes(load_model("gpt-4.1-mini", vendor="openai"), unknown)
    assert str(note).startswith(
        "images: 1, of 2 to 2,489 tokens an epoch, as the size of 1 is not known"
    )
    assert "not certain: litellm" in str(note)


def test_a_model_whose_images_nobody_counts_says_so() -> None:
    model = load_model("gpt-oss-20b", vendor="azure")
    assert image_tokens(model, ONE) is None
    assert [*map(str, image_notes(model, ONE))] == ["images, whose tokens are not counted: 1"]
    assert image_tokens(model, {}) == ImageTokens(0, 0)
    assert list(image_notes(model, {})) == []
