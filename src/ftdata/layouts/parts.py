"""Content that is a list of parts: text, images, thoughts, calls and results of calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ftdata.layouts.cells import cell_text, json_text, kind_of
from ftdata.layouts.refusal import Refused

#: The keys under which a part of each kind holds its text.
_TEXT_KEYS = ("text", "value", "thinking", "reasoning", "content")
_THOUGHTS = frozenset({"reasoning", "thinking"})


@dataclass
class Parts:
    """What a list of parts says, sorted by what becomes of it."""

    text: str = ""  # all there is, where the content is no list
    said: list[dict[str, Any]] = field(default_factory=list)  # text and media, in order
    thoughts: list[str] = field(default_factory=list)
    calls: list[object] = field(default_factory=list)
    results: list[tuple[object, str]] = field(default_factory=list)  # (call id, text)
    plain: bool = True  # the parts already have the form of chat files

    @property
    def content(self) -> str | list[dict[str, Any]]:
        """The text and media. A single text that has to be rewritten anyway becomes a string."""
        if not self.said:
            return self.text
        if not self.plain and len(self.said) == 1 and self.said[0]["type"] == "text":
            text: str = self.said[0]["text"]
            return text
        return self.said


def read_parts(content: list[Any], pointer: str) -> Parts:
    """Sorts the parts of a turn.

    Knows the parts of chat files (`{type: text, text}`, images kept as they are), of LLaMA-Factory
    (`{type, value}` with text, reasoning and tool_call), of Claude (tool_use, tool_result, thinking),
    and of Bedrock Converse (`{text}`, `{toolUse}`, `{toolResult}`, `{image}`, `{reasoningContent}`).
    """
    parts = Parts()
    for index, part in enumerate(content):
        here = f"{pointer}/{index}"
        if isinstance(part, str):
            _say(parts, part)
        elif not isinstance(part, dict):
            raise Refused(
                "malformed-turn", here, reason=f"a part is {kind_of(part)}, not an object"
            )
        elif isinstance(part.get("type"), str):
            _sort_typed(parts, part, here)
        else:
            _sort_converse(parts, part, here)
    return parts


def are_parts(content: list[Any]) -> bool:
    """True for a list that `read_parts` can make something of, not just any JSON list."""
    return all(isinstance(part, dict) and ("type" in part or "text" in part) for part in content)


def _sort_typed(parts: Parts, part: dict[str, Any], pointer: str) -> None:
    kind = part["type"]
    if kind == "text":
        if isinstance(part.get("text"), str):
            parts.said.append({"type": "text", "text": part["text"]})
        else:
            _say(parts, _text_of(part, pointer))
    elif kind in _THOUGHTS:
        parts.thoughts.append(_text_of(part, pointer))
    elif kind == "tool_call":
        parts.calls.append(part.get("value", part))
    elif kind == "tool_use":
        parts.calls.append(part)
    elif kind == "tool_result":
        parts.results.append((part.get("tool_use_id"), _result_text(part.get("content"), pointer)))
    else:
        parts.said.append({key: value for key, value in part.items() if value is not None})


def _sort_converse(parts: Parts, part: dict[str, Any], pointer: str) -> None:
    for key, sort in _CONVERSE.items():
        if part.get(key) is not None:
            sort(parts, part[key], f"{pointer}/{key}")
            return
    found = next(iter(part), "an empty object")
    raise Refused("not-text", pointer, found=f"a part that holds {found}")


def _sort_call(parts: Parts, call: Any, pointer: str) -> None:
    if not isinstance(call, dict):
        raise Refused("malformed-turn", pointer, reason=f"a call is {kind_of(call)}, not an object")
    parts.calls.append({**call, "id": call.get("toolUseId")})


def _sort_result(parts: Parts, result: Any, pointer: str) -> None:
    if not isinstance(result, dict):
        raise Refused(
            "malformed-turn", pointer, reason=f"a result is {kind_of(result)}, not an object"
        )
    text = _result_text(result.get("content"), pointer)
    parts.results.append((result.get("toolUseId"), text))


def _sort_thought(parts: Parts, thought: Any, pointer: str) -> None:
    text = thought.get("reasoningText") if isinstance(thought, dict) else thought
    parts.thoughts.append(
        _text_of(text, pointer) if isinstance(text, dict) else cell_text(text, pointer)
    )


def _show_image(parts: Parts, image: Any, pointer: str) -> None:
    """A Converse image becomes an image_url part: a data URI, or the address of the object in S3."""
    source = image.get("source") if isinstance(image, dict) else None
    if isinstance(source, dict):
        place = source.get("s3Location")
        if isinstance(source.get("bytes"), str):
            url = f"data:image/{image.get('format', 'png')};base64,{source['bytes']}"
        elif isinstance(place, dict) and isinstance(place.get("uri"), str):
            url = place["uri"]
        else:
            raise Refused("not-text", pointer, found="an image without bytes or address")
        parts.said.append({"type": "image_url", "image_url": {"url": url}})
    else:
        raise Refused("not-text", pointer, found="an image without bytes or address")


def _say(parts: Parts, text: object, pointer: str = "") -> None:
    parts.plain = False
    parts.said.append({"type": "text", "text": cell_text(text, pointer)})


_CONVERSE: dict[str, Callable[[Parts, Any, str], None]] = {
    "text": _say,
    "toolUse": _sort_call,
    "toolResult": _sort_result,
    "reasoningContent": _sort_thought,
    "image": _show_image,
}


def _text_of(part: dict[str, Any], pointer: str) -> str:
    return cell_text(next((part[key] for key in _TEXT_KEYS if key in part), None), pointer)


def _result_text(content: object, pointer: str) -> str:
    """Joins what a tool gave back: texts as they are, all else as JSON, one below the other."""
    if not isinstance(content, list):
        return (
            json_text(content, pointer)
            if isinstance(content, dict)
            else cell_text(content, pointer)
        )
    return "\n".join(_result_part(part) for part in content)


def _result_part(part: object) -> str:
    if not isinstance(part, dict):
        return part if isinstance(part, str) else json_text(part)
    if isinstance(part.get("text"), str):
        text: str = part["text"]
        return text
    return json_text(part.get("json", part))
