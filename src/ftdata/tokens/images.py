"""Image part -> what its tokens depend on, apart from the model: its size, never fetched.

OpenAI's models count an image in tiles of 512 pixels or in patches of 32 (its guide on images and vision:
1,024 x 1,024 pixels are 4 tiles or 1,024 patches, 1,800 x 2,400 pixels 1,452 patches). Both are summed, so
that the numbers of a model come last.
"""

from __future__ import annotations

import binascii
import io
import math
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import imagesize

_LONG_SIDE, _SHORT_SIDE, _TILE = 2048, 768, 512
_PATCH, MOST_PATCHES = 32, 1536
#: An image of the longest and shortest side that is left after it is made smaller.
MOST_TILES = math.ceil(_LONG_SIDE / _TILE) * math.ceil(_SHORT_SIDE / _TILE)

#: The size stands near the start, if not behind a long preview: then the rest is decoded, too.
_HEAD = 64 * 1024

_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF")


class Images(NamedTuple):
    """Sums over images. Tiles are those of the images in full detail.

    An image of unknown size has at least one tile and patch, and at most as many as any image has.
    """

    number: int = 0
    unmeasured: int = 0  # of unknown size: at a URL, or nothing that can be read
    tiles: int = 0
    most_tiles: int = 0
    patches: int = 0
    most_patches: int = 0

    def plus(self, other: Images) -> Images:
        """Adds two sums."""
        return Images(*map(sum, zip(self, other, strict=True)))


NO_IMAGES = Images()


def image_in(part: dict[str, Any]) -> Images:
    """Measures one part of a message that holds an image."""
    holder = part.get("image_url")
    place, detail = holder, part.get("detail")
    if isinstance(holder, dict):
        place, detail = holder.get("url"), holder.get("detail", detail)
    detailed = detail != "low"
    size = size_of(place if isinstance(place, str) else "")
    if size is None:
        return Images(1, 1, int(detailed), MOST_TILES * detailed, 1, MOST_PATCHES)
    in_tiles, in_patches = tiles(*size) * detailed, patches(*size)
    return Images(1, 0, in_tiles, in_tiles, in_patches, in_patches)


def tiles(width: int, height: int) -> int:
    """Tiles of an image that is first made to fit 2,048 pixels, then 768 on its shorter side."""
    scale = min(1.0, _LONG_SIDE / max(width, height))
    scale *= min(1.0, _SHORT_SIDE / (min(width, height) * scale))
    return _pieces(width * scale, _TILE) * _pieces(height * scale, _TILE)


def patches(width: int, height: int) -> int:
    """Patches of an image that is made smaller, its shape kept, if it has more than 1,536."""
    whole = _pieces(width, _PATCH) * _pieces(height, _PATCH)
    if whole <= MOST_PATCHES:
        return whole
    shrink = math.sqrt(MOST_PATCHES * _PATCH**2 / (width * height))
    across, down = width * shrink / _PATCH, height * shrink / _PATCH
    shrink *= min(math.floor(across) / across, math.floor(down) / down)
    return max(1, _pieces(width * shrink, _PATCH) * _pieces(height * shrink, _PATCH))


def size_of(place: str) -> tuple[int, int] | None:
    """Width and height in pixels of a `data:` URL, or of a file of this machine; None: not known."""
    if place.startswith("data:"):
        head, comma, data = place.partition(",")
        return _size_in_base64(data) if comma and head.endswith(";base64") else None
    if "://" in place and not place.startswith("file://"):
        return None
    return _size_in_file(unquote(urlsplit(place).path) if "://" in place else place)


def _pieces(length: float, piece: int) -> int:
    return max(1, math.ceil(round(length, 6) / piece))


def _size_in_base64(data: str) -> tuple[int, int] | None:
    for end in (_HEAD, len(data)):
        text = data[:end]
        try:
            found = _size_in(io.BytesIO(binascii.a2b_base64(text[: len(text) // 4 * 4])))
        except ValueError:
            return None
        if found or end >= len(data):
            return found
    return None


def _size_in_file(path: str) -> tuple[int, int] | None:
    try:
        if not Path(path).is_file():  # a device may have no end
            return None
        with Path(path).open("rb") as file:
            return _size_in(file)
    except (OSError, ValueError):
        return None


def _size_in(file: Any) -> tuple[int, int] | None:
    is_image = file.read(12).startswith(_MAGIC)
    file.seek(0)
    if not is_image:
        return None
    try:
        width, height = imagesize.get(file)
    except Exception:  # what a library says of damaged bytes has no common class
        return None
    return (int(width), int(height)) if width > 0 and height > 0 else None
