"""One turn, as far as a target has a place for what is in it."""

from __future__ import annotations

from typing import Any

from ftdata.model import Message, Room

_FLAT = frozenset({"system", "developer", "tool", "function"})
_CALLS = ("tool_calls", "function_call")


class Unfit(Exception):
    """What a turn holds cannot be put into any form that the target takes. `index` None: the turn at hand."""

    def __init__(self, what: str, index: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.index = index


def fit_turn(message: Message, room: Room, losses: list[str]) -> Message:
    """Gives the turn without what has no place. Raises Unfit for calls and their results, and where nothing
    is left."""
    role = message["role"]
    if (
        type(message.get("content")) is str
        and role in room.roles
        and message.keys() <= room.certain_keys
    ):
        return message
    fitted: Message = {**message}
    if role == "developer" and role not in room.roles:
        fitted["role"] = role = "system"
        losses.append("developer-as-system")
    if role not in room.roles:
        what = "the result of a tool" if role in ("tool", "function") else f"a turn of the {role}"
        raise Unfit(what)
    for key in _CALLS:
        if message.get(key) and key not in room.keys:
            raise Unfit("a call of a tool")
    _content(fitted, room, losses)
    _refusal(fitted, room, losses)
    _dropped(fitted, room, losses)
    calls = any(message.get(key) for key in _CALLS)
    if calls and not room.text_beside_calls and fitted.get("content"):
        fitted["content"] = ""
        losses.append("text-beside-call-dropped")
    return fitted


def _dropped(message: Message, room: Room, losses: list[str]) -> None:
    """Drops the name, the thoughts and the weight where they have no place; a weight of 1 says nothing."""
    if "name" in message and not ("name" in room.keys and message["role"] in room.named):
        losses += ["name-dropped"] * bool(message.pop("name"))
    if "reasoning_content" in message and "reasoning_content" not in room.keys:
        losses += ["thought-dropped"] * bool(message.pop("reasoning_content"))
    if "weight" in message:
        weight = message["weight"]
        if not _is_held(weight, room):
            del message["weight"]
            losses += ["weight-dropped"] * (weight != 1)


def _is_held(weight: float, room: Room) -> bool:
    if "weight" not in room.keys:
        return False
    if room.weights == "0 to 1":
        return 0 <= weight <= 1
    return room.weights == "any" or weight in (0, 1)


def _refusal(message: Message, room: Room, losses: list[str]) -> None:
    refusal = message.get("refusal")
    if not refusal or "refusal" in room.keys:
        return
    del message["refusal"]
    losses.append("refusal-as-text")
    content = message.get("content")
    if isinstance(content, list):
        message["content"] = [*content, {"type": "text", "text": refusal}]
    else:
        message["content"] = f"{content}\n{refusal}" if content else refusal


def _content(message: Message, room: Room, losses: list[str]) -> None:
    content = message.get("content")
    if not isinstance(content, list):
        return
    role = message["role"]
    parts: list[dict[str, Any]] = []
    for part in content:
        kept = _part(part, role, room, losses)
        if kept is not None:
            parts.append(kept)
    if content and not parts and not any(message.get(key) for key in _CALLS):
        raise Unfit("a turn that has nothing but images or other media")
    flat = role in _FLAT or role not in room.parts
    if flat and all(part.get("type") == "text" for part in parts):
        message["content"] = "\n".join(str(part.get("text", "")) for part in parts)
        if len(parts) > 1:
            losses.append("parts-joined")
    else:
        message["content"] = parts or ""


def _part(part: dict[str, Any], role: str, room: Room, losses: list[str]) -> dict[str, Any] | None:
    kind = part.get("type")
    if kind == "refusal" and "refusal" not in room.keys:
        losses.append("refusal-as-text")
        return {"type": "text", "text": str(part.get("refusal", ""))}
    if kind in ("text", "refusal") or room.images is None:
        return part
    if kind == "image_url" and role == "user" and role in room.parts:
        image = part.get("image_url")
        url = image.get("url") if isinstance(image, dict) else None
        if isinstance(image, dict) and isinstance(url, str) and room.images(url):
            if room.image_details or (len(image) == 1 and len(part) == 2):
                return part
            losses.append("image-details-dropped")
            return {"type": "image_url", "image_url": {"url": url}}
    losses.append(_loss_of(str(kind)))
    return None


def _loss_of(kind: str) -> str:
    for media in ("image", "audio"):
        if media in kind:
            return f"{media}-dropped"
    return "part-dropped"
