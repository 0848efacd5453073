"""A path -> the chat templates of a model, its special tokens and its tokenizer, as they lie in files.

A folder is read as transformers reads the folder of a model: `chat_template.jinja` and those below
`additional_chat_templates/` stand over the `chat_template` of `tokenizer_config.json`, which is a text or a
list of named ones, and that over the one of `chat_template.json`. A path to a file takes the template from
this file alone; special tokens and tokenizer are those beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ftdata.errors import UnreadableSource, UsageError
from ftdata.storage import places

_CONFIG = "tokenizer_config.json"
_JINJA = "chat_template.jinja"
_LEGACY = "chat_template.json"
_MORE = "additional_chat_templates"
_TOKENIZER = "tokenizer.json"
_DEFAULT = "default"

#: What stands for special tokens where nothing says what they are.
_STAND_INS = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}

_MOST_TEMPLATE_BYTES = 1 << 20
_MOST_TOKENIZER_BYTES = 256 << 20


@dataclass(frozen=True)
class TemplateFiles:
    """What was read: templates by name, special tokens by name, and the bytes of `tokenizer.json`.

    `is_named` is False where nothing says what the special tokens are: then others stand for them.
    """

    path: str
    sources: Mapping[str, str]
    special_tokens: Mapping[str, str] = field(default_factory=dict)
    tokenizer: bytes | None = None
    is_named: bool = True

    @property
    def digest(self) -> str:
        """A hash of all that was read."""
        texts = json.dumps([dict(self.sources), dict(self.special_tokens)], sort_keys=True)
        return hashlib.sha256(texts.encode() + b"\0" + (self.tokenizer or b"")).hexdigest()

    def source_for(self, tools: object) -> str:
        """The name of the template that a conversation with these tools is rendered by."""
        return "tool_use" if tools is not None and "tool_use" in self.sources else _DEFAULT


def read_templates(path: str) -> TemplateFiles:
    """Reads a folder or a file. Raises UnreadableSource, and UsageError where no template is in it."""
    kind = places.kind_of(path)
    if kind is None:
        raise UnreadableSource(places.shown(path), places.why_missing(path))
    near = places.inside if kind == "folder" else places.beside
    config = _object(near(path, _CONFIG))
    sources = _sources_in(path, config) if kind == "folder" else _sources_of(path)
    if _DEFAULT not in sources:
        named = f" but {', '.join(sorted(sources))}" if sources else ""
        raise UsageError(
            f"{places.shown(path)}: no chat template{named}; {_JINJA} and {_CONFIG} hold one"
        )
    tokenizer = _content(near(path, _TOKENIZER), _MOST_TOKENIZER_BYTES)
    special_tokens = _special_tokens(config) if config else _STAND_INS
    return TemplateFiles(path, sources, special_tokens, tokenizer, is_named=bool(config))


def _sources_in(folder: str, config: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    text = _text(places.inside(folder, _JINJA))
    if text is not None:
        found[_DEFAULT] = text
    more = places.inside(folder, _MORE)
    for name in places.names_in(more):
        other = _text(places.inside(more, name)) if name.endswith(".jinja") else None
        if other is not None:
            found[name.removesuffix(".jinja")] = other
    if not found:
        found = _templates_in(config)
    if not found:
        found = _templates_in(_object(places.inside(folder, _LEGACY)))
    return found


def _sources_of(path: str) -> dict[str, str]:
    if path.endswith(".json"):
        return _templates_in(_object(path))
    text = _text(path)
    return {} if text is None else {_DEFAULT: text}


def _templates_in(config: Mapping[str, Any]) -> dict[str, str]:
    """A text, a list of objects with `name` and `template`, or an object of texts."""
    held = config.get("chat_template")
    if isinstance(held, str):
        return {_DEFAULT: held}
    if isinstance(held, list):
        named = [one for one in held if isinstance(one, dict)]
        held = {one.get("name"): one.get("template") for one in named}
    if not isinstance(held, dict):
        return {}
    return {k: v for k, v in held.items() if isinstance(k, str) and isinstance(v, str)}


def _special_tokens(config: Mapping[str, Any]) -> dict[str, str]:
    """What templates know as `bos_token`, `eos_token` and the like."""
    extra = config.get("extra_special_tokens")
    held = {**config, **(extra if isinstance(extra, dict) else {})}
    found = {}
    for name, token in held.items():
        text = token.get("content") if isinstance(token, dict) else token
        if name.endswith("_token") and isinstance(text, str):
            found[name] = text
    return found


def _object(path: str) -> dict[str, Any]:
    """The object in a JSON file; an empty one where there is no file."""
    text = _text(path)
    if text is None:
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(places.shown(path), f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise UnreadableSource(places.shown(path), "not a JSON object")
    return value


def _text(path: str) -> str | None:
    content = _content(path, _MOST_TEMPLATE_BYTES)
    try:
        return None if content is None else content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableSource(places.shown(path), f"not UTF-8: {error.reason}") from error


def _content(path: str, most: int) -> bytes | None:
    """All of a file; None where there is none. Raises UnreadableSource for one that is too large."""
    if places.kind_of(path) != "file":
        return None
    with places.open_raw(path) as file:
        content = bytearray()
        while len(content) <= most and (block := file.read(1 << 20)):
            content += block
    if len(content) > most:
        raise UnreadableSource(places.shown(path), f"larger than {most >> 20} MiB")
    return bytes(content)
