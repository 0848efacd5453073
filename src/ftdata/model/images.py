"""Which images the turns of a record hold, wherever a vendor puts them; none is fetched or decoded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple


class Image(NamedTuple):
    """One image of the turn `message`.

    `pointer` leads to its address or its data, `at_type` to where its type is told. `source` is base64, url,
    or the scheme of an address that is none of the web; None: the image stands elsewhere, such as in a
    column. `type` is what it is said to be, as in image/<type>; None: nothing is said. `data` is the base64
    text.
    """

    message: int
    pointer: str
    at_type: str
    source: str | None
    type: str | None
    data: str | None


class _Place(NamedTuple):
    """Where a part has an image: the key that says so, and the keys that lead on from there."""

    key: str
    address: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    type: tuple[str, ...] = ()


#: Every place that is known: chat files, Bedrock's Converse API, Gemini with its two ways to write keys.
_PLACES: Final = (
    _Place("image_url", address=("url",)),
    _Place("image", ("source", "s3Location", "uri"), ("source", "bytes"), ("format",)),
    _Place("inlineData", data=("data",), type=("mimeType",)),
    _Place("inline_data", data=("data",), type=("mime_type",)),
    _Place("fileData", address=("fileUri",), type=("mimeType",)),
    _Place("file_data", address=("file_uri",), type=("mime_type",)),
)

_TYPES: Final = ("image", "image_url")

_DATA_URI = re.compile(r"data:([^;,]*)((?:;[^;,]*)*),", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def images_in(index: int, content: Any) -> Iterator[Image]:
    """Gives the images among the parts of the turn `index`; a part of the type text is none."""
    for number, part in enumerate(content if isinstance(content, (list, tuple)) else ()):
        if isinstance(part, Mapping) and part.get("type") != "text":
            image = _image(index, f"/messages/{index}/content/{number}", part)
            if image is not None:
                yield image


def may_hold_images(content: Any) -> bool:
    """False where the keys and types of the parts alone say that there is no image."""
    keys = {place.key for place in _PLACES}
    return any(
        isinstance(part, Mapping) and (not keys.isdisjoint(part) or part.get("type") in _TYPES)
        for part in (content if isinstance(content, (list, tuple)) else ())
    )


def images_of(record: Mapping[str, Any]) -> tuple[Image, ...]:
    """Gives the images of a record whose `messages` are objects."""
    turns = enumerate(record["messages"])
    return tuple(image for index, turn in turns for image in images_in(index, turn.get("content")))


def _image(index: int, pointer: str, part: Mapping[str, Any]) -> Image | None:
    for place in _PLACES:
        held = part.get(place.key)
        at = f"{pointer}/{place.key}"
        if isinstance(held, Mapping):
            return _placed(index, at, place, held)
        if isinstance(held, str):  # the address alone
            return _addressed(index, at, at, held, None)
    is_one = part.get("type") in _TYPES
    return Image(index, pointer, pointer, None, None, None) if is_one else None


def _placed(index: int, at: str, place: _Place, held: Mapping[str, Any]) -> Image | None:
    told = _text_at(held, place.type)
    at_type = _below(at, place.type)
    kind = told
    if told is not None and "/" in told:
        family, _, kind = told.lower().partition("/")
        if family != "image":
            return None  # other media
    data, address = _text_at(held, place.data), _text_at(held, place.address)
    if data is not None:
        return Image(index, _below(at, place.data), at_type, "base64", _named(kind), data)
    if address is not None:
        return _addressed(index, _below(at, place.address), at_type, address, kind)
    return Image(index, at, at_type, None, _named(kind), None)


def _addressed(index: int, at: str, at_type: str, address: str, kind: str | None) -> Image:
    inside = _DATA_URI.match(address)
    if inside is not None:
        family, _, told = inside[1].lower().partition("/")
        data = address[inside.end() :] if inside[2].lower().endswith(";base64") else None
        source = "base64" if data is not None else "data"
        return Image(index, at, at, source, _named(told if family == "image" else inside[1]), data)
    scheme = _SCHEME.match(address)
    source = scheme[1].lower() if scheme else "path"
    source = "url" if source in ("http", "https") else source
    return Image(index, at, at_type if kind else at, source, _named(kind), None)


def _named(kind: str | None) -> str | None:
    """A type as facts call it."""
    kind = kind.strip().lower() if kind else None
    return "jpeg" if kind in ("jpg", "pjpeg") else kind or None


def _text_at(held: Any, keys: tuple[str, ...]) -> str | None:
    if not keys:
        return None
    for key in keys:
        held = held.get(key) if isinstance(held, Mapping) else None
    return held if isinstance(held, str) else None


def _below(at: str, keys: tuple[str, ...]) -> str:
    return "/".join((at, *keys))
