"""What a turn says, as parts of Gemini's contents."""

from __future__ import annotations

import json
from typing import Any

from ftdata.model import Message
from ftdata.renderers.images import DATA, GEMINI_TYPES, ending


class Calls:
    """The calls of a conversation: which function the call of an id is of."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}


def parts_of(turn: Message, calls: Calls) -> list[dict[str, Any]] | str:
    """Gives the parts of a turn, or says what of it cannot be carried."""
    if turn["role"] == "tool":
        return _response(turn, calls)
    if turn["role"] not in ("user", "assistant"):
        return f"a turn of the role {turn['role']}"
    if turn.get("function_call"):
        return "a call in the older form, function_call"
    content = turn.get("content") or []
    given = [{"type": "text", "text": content}] if isinstance(content, str) else content
    parts: list[dict[str, Any]] = []
    for part in given:
        if part.get("type") == "text":
            parts.append({"text": str(part.get("text", ""))})
            continue
        image = _image(part) if turn["role"] == "user" else None
        if image is None:
            return "a part that is neither a text nor an image in base64 or Cloud Storage"
        parts.append(image)
    for call in turn.get("tool_calls") or ():
        written = _call(call, calls)
        if written is None:
            return "a call whose arguments are no JSON object"
        parts.append(written)
    return parts or "a turn that says nothing"


def _call(call: dict[str, Any], calls: Calls) -> dict[str, Any] | None:
    function = call["function"]
    arguments = _object(function.get("arguments"))
    if arguments is None:
        return None
    named = {"id": call["id"]} if isinstance(call.get("id"), str) else {}
    if named:
        calls.names[call["id"]] = function["name"]
    return {"functionCall": {**named, "name": function["name"], "args": arguments}}


def _response(turn: Message, calls: Calls) -> list[dict[str, Any]] | str:
    """A result as an object: as it is where it is the JSON of one, else under `output`."""
    call_id = turn.get("tool_call_id")
    name = calls.names.get(call_id or "") or turn.get("name")
    if not name:
        return "the result of an unknown call"
    content = turn.get("content") or ""
    if not isinstance(content, str):
        if any(part.get("type") != "text" for part in content):
            return "a part of a tool's result that is no text"
        content = "\n".join(str(part.get("text", "")) for part in content)
    found = _object(content)
    if found is None or found.keys() == {"output"} or _json(found) != content:
        found = {"output": content}
    named = {"id": call_id} if call_id else {}
    return [{"functionResponse": {**named, "name": name, "response": found}}]


def _object(text: Any) -> dict[str, Any] | None:
    """The object that a text is the JSON of; numbers that JSON has no place for make it none."""
    if isinstance(text, dict):
        return text
    try:
        found = json.loads(text, parse_constant=_refuse) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _json(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False)


def _image(part: dict[str, Any]) -> dict[str, Any] | None:
    """An image in base64 or by its address in Cloud Storage; None for all other parts."""
    image = part.get("image_url") if part.get("type") == "image_url" else None
    url = image.get("url") if isinstance(image, dict) else None
    if not isinstance(url, str):
        return None
    data = DATA.match(url)
    if data is not None:
        return {"inlineData": {"mimeType": data[1], "data": url[data.end() :]}}
    kind = GEMINI_TYPES.get(ending(url))
    if url.startswith("gs://") and kind:
        return {"fileData": {"mimeType": kind, "fileUri": url}}
    return None
