"""The size of an image, and the tiles and patches that its tokens follow from."""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.tokens.images import (
    MOST_PATCHES,
    MOST_TILES,
    Images,
    image_in,
    patches,
    size_of,
    tiles,
)


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IEND", b"")


def jpeg(width: int, height: int, *, before: int = 0) -> bytes:
    """`before`: bytes of a preview that stands before the size, in segments."""
    segments = b""
    while before > 0:
        size = min(before, 65_000)
        segments += b"\xff\xe1" + struct.pack(">H", size + 2) + b"\0" * size
        before -= size
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\0"
    return b"\xff\xd8" + segments + frame + b"\xff\xd9"


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


def data_url(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


@pytest.mark.parametrize(
    ("width", "height", "number"),
    [
        (1024, 1024, 4),  # the guide: 765 tokens = 85 + 4 x 170
        (2048, 4096, 6),  # the guide: 1,105 tokens = 85 + 6 x 170
        (512, 512, 1),
        (1, 1, 1),
        (768, 2048, 8),
        (10_000, 10, 4),
    ],
)
def test_tiles_of_known_sizes(width: int, height: int, number: int) -> None:
    assert tiles(width, height) == tiles(height, width) == number


@pytest.mark.parametrize(
    ("width", "height", "number"),
    [
        (1024, 1024, 1024),  # the guide
        (1800, 2400, 1452),  # the guide
        (32, 32, 1),
        (33, 32, 2),
        (1, 1, 1),
        (1536, 1024, 1536),
    ],
)
def test_patches_of_known_sizes(width: int, height: int, number: int) -> None:
    assert patches(width, height) == patches(height, width) == number


@given(st.integers(1, 100_000), st.integers(1, 100_000))
def test_no_image_has_more_than_the_most(width: int, height: int) -> None:
    assert 1 <= tiles(width, height) <= MOST_TILES
    assert 1 <= patches(width, height) <= MOST_PATCHES


@pytest.mark.parametrize("make", [png, jpeg, gif])
def test_the_size_is_read_from_a_data_url_and_from_a_file(make: Any, tmp_path: Path) -> None:
    data = make(640, 480)
    path = tmp_path / "a b.img"
    path.write_bytes(data)
    assert size_of(data_url(data)) == (640, 480)
    assert size_of(str(path)) == (640, 480)
    assert size_of(path.as_uri()) == (640, 480)


def test_a_size_behind_a_long_preview_is_found() -> None:
    assert size_of(data_url(jpeg(640, 480, before=300_000), "jpeg")) == (640, 480)


@pytest.mark.parametrize(
    "place",
    [
        "",
        "https://example.com/a.png",
        "s3://bucket/a.png",
        "data:image/png;base64",
        "data:image/png,%89PNG",
        "data:image/png;base64,====",
        data_url(b"no image"),
        data_url(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
        data_url(png(640, 480)[:18]),
        data_url(b"\xff\xd8\xff\xc0\0"),
        data_url(png(0, 4)),
        "/no/such/file.png",
        "/dev/zero",
        "a\0b.png",
        ".",
    ],
)
def test_what_has_no_known_size_has_none(place: str) -> None:
    assert size_of(place) is None


@given(
    st.binary(max_size=200),
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF"]),
)
def test_damaged_images_never_raise(data: bytes, magic: bytes) -> None:
    size_of(data_url(magic + data))


def test_parts_are_measured_by_their_detail() -> None:
    url = data_url(png(1024, 1024))
    detailed, low = Images(1, 0, 4, 4, 1024, 1024), Images(1, 0, 0, 0, 1024, 1024)
    assert image_in({"image_url": {"url": url}}) == detailed
    assert image_in({"image_url": {"url": url, "detail": "low"}}) == low
    assert image_in({"image_url": url, "detail": "low"}) == low
    unknown = Images(1, 1, 1, MOST_TILES, 1, MOST_PATCHES)
    assert image_in({"image_url": "https://example.com/x"}) == unknown
    assert image_in({"type": "image"}) == unknown
    of_low = image_in({"image_url": {"url": "https://example.com/x", "detail": "low"}})
    assert of_low == unknown._replace(tiles=0, most_tiles=0)
