"""Parts of Gemini's turns in the form of the Converse API; keys in camelCase or snake_case."""

from __future__ import annotations

import re
from typing import Any

from ftdata.layouts.cells import kind_of
from ftdata.layouts.refusal import Refused


def either(holder: dict[str, Any], key: str) -> Any:
    """Gives the value of a key in camelCase, or in snake_case, which means the same."""
    value = holder.get(key)
    return value if value is not None else holder.get(re.sub("([A-Z])", r"_\1", key).lower())


class GeminiParts:
    """Reads the parts of one conversation; knows its calls, so that a response finds its own by name."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._open: list[tuple[str, str]] = []  # (name, id) of the calls without a response

    def converse(self, part: Any, pointer: str) -> Any:
        """Gives a part in the form of the Converse API; refuses media that are no images as not-text."""
        if not isinstance(part, dict):
            return part
        call, response = either(part, "functionCall"), either(part, "functionResponse")
        if isinstance(call, dict):
            return {
                "toolUse": {"name": call.get("name"), "input": call.get("args"), **self._call(call)}
            }
        if isinstance(response, dict):
            return {"toolResult": self._response(response)}
        image = _image(part, pointer)
        if image is not None:
            return image
        if part.get("thought") is True and isinstance(part.get("text"), str):
            return {"reasoningContent": {"reasoningText": {"text": part["text"]}}}
        if "text" in part:
            return {"text": part["text"]}
        return {key: value for key, value in part.items() if key != "type"}

    def _call(self, call: dict[str, Any]) -> dict[str, str]:
        call_id = call.get("id")
        if not isinstance(call_id, str) or not call_id:
            number = len(self._ids)
            while f"call_{number}" in self._ids:
                number += 1
            call_id = f"call_{number}"
        self._ids.add(call_id)
        self._open.append((str(call.get("name")), call_id))
        return {"toolUseId": call_id}

    def _response(self, response: dict[str, Any]) -> dict[str, Any]:
        given = response.get("response")
        found = given if isinstance(given, dict) else {"output": given}
        text = found["output"] if found.keys() == {"output"} else None
        content = {"text": text} if isinstance(text, str) else {"json": found}
        return {"toolUseId": self._answered(response), "content": [content]}

    def _answered(self, response: dict[str, Any]) -> str | None:
        """The id of the call that is answered: the one named, or the oldest open one of this function."""
        call_id, name = response.get("id"), response.get("name")
        for position, (called, open_id) in enumerate(self._open):
            if call_id == open_id or (not call_id and called == name):
                del self._open[position]
                return open_id
        return call_id if isinstance(call_id, str) and call_id else None


def _image(part: dict[str, Any], pointer: str) -> dict[str, Any] | None:
    """An image as an image_url part: a data URI, or the address of the file."""
    for key, place in (("inlineData", "data"), ("fileData", "fileUri")):
        media = either(part, key)
        if media is None:
            continue
        found = media if isinstance(media, dict) else {}
        kind, where = either(found, "mimeType"), either(found, place)
        if not isinstance(kind, str) or not isinstance(where, str):
            what = kind_of(media) if media is not found else "media without a type or a place"
            raise Refused("not-text", pointer, found=what)
        if not kind.startswith("image/"):
            raise Refused("not-text", pointer, found=f"a part that holds {kind}"[:80])
        url = f"data:{kind};base64,{where}" if key == "inlineData" else where
        return {"type": "image_url", "image_url": {"url": url}}
    return None
