"""A rendered row -> its tokens, by the `tokenizer.json` of the model."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ftdata.errors import MissingExtra, UsageError
from ftdata.storage import places
from ftdata.templates.conversation import REASONING
from ftdata.templates.loading import TemplateFiles
from ftdata.templates.sandbox import Rendered

#: They cannot be written as UTF-8.
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class Span(NamedTuple):
    """Tokens of an answer: the message, the first of them, and the one behind the last."""

    message: int | None
    start: int
    end: int


class Counted(NamedTuple):
    """The tokens of a rendered row, and where its answers lie among them."""

    tokens: int
    answers: tuple[Span, ...]


class RowCounter:
    """Counts as a trainer does that renders first: nothing is added to what the template wrote.

    Raises MissingExtra without the package, UsageError where there is no such file, or none that it reads.
    """

    def __init__(self, files: TemplateFiles) -> None:
        if files.tokenizer is None:
            raise UsageError(f"{places.shown(files.path)}: no tokenizer.json to count tokens with")
        if not files.is_named:
            raise UsageError(
                f"{places.shown(files.path)}: no tokenizer_config.json beside tokenizer.json says which the "
                "special tokens are"
            )
        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingExtra("counting with tokenizer.json", "tokenizers") from error
        try:
            self._tokenizer = Tokenizer.from_buffer(files.tokenizer)
        except Exception as error:  # tokenizers raises nothing more precise
            raise UsageError(f"{places.shown(files.path)}: tokenizer.json: {error}") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._bos = files.special_tokens.get("bos_token", "")

    def count(self, rendered: Rendered, messages: list[dict[str, Any]]) -> Counted:
        """Counts a row, and finds its answers: in `{% generation %}` blocks, else by their texts."""
        text = _LONE_SURROGATES.sub("\ufffd", rendered.text)
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        starts = [start for start, _ in encoded.offsets]
        spans = rendered.generated and ((None, *span) for span in rendered.generated)
        found = spans or answers_in(rendered.text, messages)
        answers = [
            Span(message, bisect_left(starts, start), bisect_left(starts, end))
            for message, start, end in found
        ]
        return Counted(len(encoded.ids), tuple(one for one in answers if one.end > one.start))

    def adds_bos_to(self, text: str) -> bool:
        """True where the text begins with the token that the tokenizer also puts before every text."""
        if not self._bos or not text.startswith(self._bos):
            return False
        first = self._tokenizer.encode("a").ids[:1]
        return bool(first) and self._tokenizer.id_to_token(first[0]) == self._bos


def answers_in(text: str, messages: list[dict[str, Any]]) -> Iterator[tuple[int | None, int, int]]:
    """Where the words of each answer stand: from the first of its texts that is found to the last."""
    place = 0
    for index, message in enumerate(messages):
        start: int | None = None
        for piece in _texts_of(message):
            found = text.find(piece, place)
            if found >= 0:
                start = found if start is None else start
                place = found + len(piece)
        if start is not None and message.get("role") == "assistant":
            yield index, start, place


def _texts_of(message: Mapping[str, Any]) -> Iterator[str]:
    content = message.get("content")
    parts = content if isinstance(content, (list, tuple)) else (content,)
    given = message.get("tool_calls")
    calls = [
        call.get("function", call)
        for call in (given if isinstance(given, (list, tuple)) else ())
        if isinstance(call, Mapping)
    ]
    thinking = next((message[key] for key in REASONING if message.get(key)), None)
    texts = [
        thinking,
        *(part.get("text") if isinstance(part, Mapping) else part for part in parts),
        *(text for call in calls if isinstance(call, Mapping) for text in _said_in(call)),
    ]
    return (text.strip() for text in texts if isinstance(text, str) and text.strip())


def _said_in(call: Mapping[str, Any]) -> Iterator[Any]:
    yield call.get("name")
    arguments = call.get("arguments")
    yield from arguments.values() if isinstance(arguments, Mapping) else (arguments,)
