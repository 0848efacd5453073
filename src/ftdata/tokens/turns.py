"""Message -> how many tokens it has, apart by what they are for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ftdata.catalog.framing_catalog import Framing
from ftdata.model import is_trained
from ftdata.tokens.images import NO_IMAGES, Images, image_in
from ftdata.tokens.tools import compact_json

Count = Callable[[str], int]

_IMAGES = ("image_url", "input_image", "image")


class TurnTokens(NamedTuple):
    """The tokens of one message: `opening` stands before what it says, `closing` after it."""

    opening: int
    said: int  # text, refusal, calls
    closing: int
    unbilled: int  # what only the cookbook counts
    images: Images
    trained: bool

    @property
    def billed(self) -> int:
        """All but what only the cookbook counts."""
        return self.opening + self.said + self.closing


_NOTHING = TurnTokens(0, 0, 0, 0, NO_IMAGES, False)


def turns(messages: Iterable[Any], count: Count, framing: Framing) -> Iterator[TurnTokens]:
    """Counts message by message; what is no object with a role has no tokens."""
    for message in messages:
        if isinstance(message, dict) and isinstance(message.get("role"), str):
            yield _turn(message, count, framing)
        else:
            yield _NOTHING


def _turn(message: dict[str, Any], count: Count, framing: Framing) -> TurnTokens:
    role = message["role"]
    content = message.get("content")
    said, images = (count(content), NO_IMAGES) if type(content) is str else _content(content, count)
    opening = framing.opening
    unbilled = framing.cookbook_message - framing.message + max(1, count(role))
    if len(message) > 2 or "content" not in message:
        said += _calls(message, count, framing)
        said += _texts(message, ("refusal", "reasoning_content"), count)
        if message.get("name"):
            opening += framing.name + _texts(message, ("name",), count)
        unbilled += _identifiers(message, count)
    if role == "function":
        opening += framing.function_role
        unbilled -= framing.function_role
    closing = framing.message - framing.opening
    trained = role == "assistant" and is_trained(message)
    return TurnTokens(opening, said, closing, unbilled, images, trained)


def _content(content: Any, count: Count) -> tuple[int, Images]:
    """Tokens of the text, and the images, in a content that is text or a list of parts."""
    if isinstance(content, str):
        return count(content), NO_IMAGES
    said, images = 0, NO_IMAGES
    for part in content if isinstance(content, (list, tuple)) else ():
        if isinstance(part, str):
            said += count(part)
        elif isinstance(part, dict):
            said += _texts(part, ("text", "refusal"), count)
            if part.get("type") in _IMAGES:
                images = images.plus(image_in(part))
    return said, images


def _calls(message: dict[str, Any], count: Count, framing: Framing) -> int:
    called = [call.get("function") for call in _objects(message.get("tool_calls"))]
    if "function_call" in message:
        called.append(message["function_call"])
    tokens = 0
    for function in _objects(called):
        tokens += framing.call + _texts(function, ("name", "arguments"), count)
        if isinstance(function.get("arguments"), (dict, list)):
            tokens += count(compact_json(function["arguments"]))
    return tokens


def _identifiers(message: dict[str, Any], count: Count) -> int:
    """Strings that are not said to the model as text, as far as is known."""
    tokens = _texts(message, ("tool_call_id",), count)
    for call in _objects(message.get("tool_calls")):
        tokens += _texts(call, ("id", "type"), count)
    return tokens


def _texts(holder: dict[str, Any], keys: tuple[str, ...], count: Count) -> int:
    tokens = 0
    for key in keys:
        text = holder.get(key)
        if isinstance(text, str):
            tokens += count(text)
    return tokens


def _objects(values: Any) -> list[dict[str, Any]]:
    if not isinstance(values, (list, tuple)):
        return []
    return [value for value in values if isinstance(value, dict)]
