"""Where an image lies, and its type: told from its address."""

from __future__ import annotations

import re

#: The types that Bedrock's Converse API names, by the end of a file's name.
CONVERSE_TYPES = {"jpg": "jpeg", "jpeg": "jpeg", "png": "png", "gif": "gif", "webp": "webp"}
#: The same of Gemini.
GEMINI_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "heic": "image/heic",
    "heif": "image/heif",
}
#: An image in base64, and its type.
DATA = re.compile(r"data:(image/[a-z0-9.+-]+);base64,")


def ending(url: str) -> str:
    """The end of a file's name, in lower case."""
    return url.rpartition(".")[2].lower()


def source_of(url: str) -> str:
    """Gives where an image lies: base64, url for the web, or the scheme of its address."""
    scheme = url.partition(":")[0].lower()
    return {"data": "base64", "http": "url", "https": "url"}.get(scheme, scheme)


def in_s3(url: str) -> bool:
    """True for an object in S3 whose name tells its type."""
    return url.startswith("s3://") and ending(url) in CONVERSE_TYPES


def in_cloud_storage(url: str) -> bool:
    """True for base64, and for an object in Cloud Storage whose name tells its type."""
    return DATA.match(url) is not None or (url.startswith("gs://") and ending(url) in GEMINI_TYPES)
