"""Rows of Bedrock's Converse API: parts without a type, the system text beside the turns, images in S3."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Message
from ftdata.renderers.beside_turns import system_and_turns, without_tools
from ftdata.renderers.conversation import turn_not_carried
from ftdata.renderers.images import CONVERSE_TYPES, ending, in_s3

_VERSION = "bedrock-conversation-2024"


def converse_row(example: Example, *, one_system_text: bool = False) -> dict[str, Any] | Fault:
    """Gives `{schemaVersion, system?, messages}`; several system texts stay apart or become one.

    Faults are tools, calls, weights other than 1, a system turn that is not at the front, a turn that says
    nothing, and images that do not lie in S3 or whose names do not tell their type.
    """
    found = without_tools(example) or system_and_turns(example)
    if isinstance(found, Fault):
        return found
    system, turns = found
    messages: list[dict[str, Any]] = []
    for index, turn in turns:
        parts = _parts(turn, index)
        if isinstance(parts, Fault):
            return parts
        messages.append({"role": turn["role"], "content": parts})
    row: dict[str, Any] = {"schemaVersion": _VERSION}
    if system:
        texts = ["\n".join(system)] if one_system_text else system
        row["system"] = [{"text": text} for text in texts]
    return {**row, "messages": messages}


def _parts(turn: Message, index: int) -> list[dict[str, Any]] | Fault:
    content = turn.get("content")
    if not content:
        return turn_not_carried("a turn that says nothing", index)
    if isinstance(content, str):
        return [{"text": content}]
    parts: list[dict[str, Any]] = []
    for part in content:
        if part.get("type") == "text":
            parts.append({"text": str(part.get("text", ""))})
            continue
        image = _image(part) if turn["role"] == "user" else None
        if image is None:
            return turn_not_carried("a part that is neither a text nor an image in S3", index)
        parts.append({"image": image})
    if all(part.get("text") == "" for part in parts):
        return turn_not_carried("a turn that says nothing", index)
    return parts


def _image(part: dict[str, Any]) -> dict[str, Any] | None:
    """An image by its address in S3; None for all other parts."""
    image = part.get("image_url") if part.get("type") == "image_url" else None
    url = image.get("url") if isinstance(image, dict) else None
    if not isinstance(url, str) or not in_s3(url):
        return None
    kind = CONVERSE_TYPES[ending(url)]
    return {"format": kind, "source": {"s3Location": {"uri": url}}}
