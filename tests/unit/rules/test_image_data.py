"""What base64 tells of an image: the same as decoding all of it would."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.model import Image
from ftdata.model.images import images_of
from ftdata.rules.images.base64_data import fault_of, size_of, true_type


def image(data: str | None, source: str = "base64") -> Image:
    return Image(0, "/a", "/b", source, "png", data)


@given(st.binary(min_size=1, max_size=60), st.booleans(), st.booleans())
def test_size_and_soundness_are_those_of_the_decoded_bytes(
    held: bytes, padded: bool, for_urls: bool
) -> None:
    encode = base64.urlsafe_b64encode if for_urls else base64.b64encode
    text = encode(held).decode()
    one = image(text if padded else text.rstrip("="))
    assert (size_of(one), fault_of(one)) == (len(held), None)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("", "empty"),
        ("aGk=\n", "no base64 from character 5 on"),
        ("aG k", "no base64 from character 3 on"),
        ("aGk==", "cut off"),
        ("aGkab", "cut off"),
        ("=aGk", "no base64 from character 2 on"),
    ],
)
def test_what_is_no_base64_is_told(data: str, fault: str) -> None:
    assert (fault_of(image(data)) or "").startswith(fault)


def test_what_is_not_in_the_row_is_not_judged_by_its_bytes() -> None:
    elsewhere = image(None, "url")
    assert (size_of(elsewhere), true_type(elsewhere), fault_of(elsewhere)) == (None, None, None)
    assert fault_of(image(None, "data")) == "not base64"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpeg"),
        (b"GIF89a\1\0\1\0", "gif"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "webp"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "avif"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
        (b"\n<!DOCTYPE html><html>", "html"),
        (b'<?xml version="1.0"?><svg>', "svg+xml"),
        (b"%PDF-1.7\n", "pdf"),
        (b"hello", None),
    ],
)
def test_the_first_bytes_tell_the_type(head: bytes, kind: str | None) -> None:
    assert true_type(image(base64.b64encode(head + b"\0" * 40).decode())) == kind


PARTS = [
    ({"type": "image_url", "image_url": {"url": "https://a/b.png"}}, "url", None, "image_url/url"),
    ({"type": "image_url", "image_url": "http://a/b.png"}, "url", None, "image_url"),
    (
        {"type": "image_url", "image_url": {"url": "data:image/JPG;base64,AAAA"}},
        *("base64", "jpeg", "image_url/url"),
    ),
    ({"type": "image_url", "image_url": {"url": "data:text/plain,a"}}, "data", "text/plain", None),
    (
        {"image": {"format": "PNG", "source": {"s3Location": {"uri": "s3://a/b"}}}},
        *("s3", "png", "image/source/s3Location/uri"),
    ),
    (
        {"image": {"format": "gif", "source": {"bytes": "AA=="}}},
        "base64",
        "gif",
        "image/source/bytes",
    ),
    (
        {"inlineData": {"mimeType": "image/webp", "data": "AA=="}},
        "base64",
        "webp",
        "inlineData/data",
    ),
    (
        {"file_data": {"mime_type": "image/png", "file_uri": "gs://a/b"}},
        *("gs", "png", "file_data/file_uri"),
    ),
    ({"type": "image", "image": "pictures/a.png"}, "path", None, "image"),
    ({"type": "image"}, None, None, ""),
]


@pytest.mark.parametrize(("part", "source", "kind", "place"), PARTS)
def test_an_image_is_found_wherever_vendors_put_it(
    part: dict[str, object], source: str | None, kind: str | None, place: str | None
) -> None:
    text = {"type": "text", "text": "Hi", "image_url": {"url": "https://a/b.png"}}
    (found,) = images_of({"messages": [{"role": "user", "content": [text, part, "x"]}]})
    assert (found.source, found.type) == (source, kind)
    if place is not None:
        assert found.pointer == f"/messages/0/content/1/{place}".rstrip("/")


@pytest.mark.parametrize(
    "part",
    [
        {"text": "a"},
        {"fileData": {"mimeType": "video/mp4", "fileUri": "gs://a"}},
        {"type": ["image"]},
    ],
)
def test_what_is_no_image_is_none(part: dict[str, object]) -> None:
    assert images_of({"messages": [{"role": "user", "content": [part]}]}) == ()
