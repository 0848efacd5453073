"""Questions and answers as running text: `Q: ...` and `A: ...`, also numbered, bold, and in other languages.

Question and answer go on over further lines, blank ones too, up to the next mark. Headings and ruled lines
between an answer and the next question are left over, as is what stands before the first question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ftdata.layouts.cells import filled
from ftdata.layouts.document import MAX_CHARACTERS, Line, Piece, leftover, look_ahead
from ftdata.layouts.question_lines import Opened, QuestionLines, are_pairs, stands_between
from ftdata.layouts.refusal import Refused
from ftdata.layouts.system import asked_system_turn
from ftdata.model import Example, LayoutOptions, TextLayout

_MOST_BETWEEN = 1000  # lines: no pair goes on below so many blank ones and headings


def recognises(lines: Sequence[str]) -> bool:
    """True where the first lines hold a question and its answer, both marked."""
    return are_pairs(lines)


def split(
    lines: Iterable[Line],
    options: LayoutOptions,
    count: Callable[[str], int],  # noqa: ARG001 - pairs are not cut
) -> Iterator[Piece]:
    """Gives one example for each question with its answer; one without the other is an empty cell."""
    marks, pair = QuestionLines(), _Pair()
    between: list[Line] = []
    for number, raw in look_ahead(lines)[1]:
        found = marks.read(raw)
        if found is None and (not raw.strip() or stands_between(raw)):
            between.append((number, raw))
            if len(between) > _MOST_BETWEEN:
                yield from ([pair.close(options)] if pair.is_open else [])
                yield from _left(between)
                pair, between = _Pair(), []
            continue
        if pair.is_open and (found is None or found.part == "answer"):
            pair.add(found, raw, [text for _, text in between])
            if pair.size > MAX_CHARACTERS:
                yield pair.close(options)
                pair = _Pair()
        else:
            if pair.is_open:
                yield pair.close(options)
            yield from _left(between)
            pair = _Pair()
            if found is None:
                yield leftover(number, raw)
            else:
                pair.open(number, found, raw)
        between = []
    if pair.is_open:
        yield pair.close(options)
    yield from _left(between)


class _Pair:
    """The question and the answer that are being read."""

    def __init__(self) -> None:
        self.size = 0  # in characters
        self._number = 0
        self._words: dict[str, list[str]] = {"question": [], "answer": []}
        self._part = "question"
        self._raw: list[str] = []

    @property
    def is_open(self) -> bool:
        """True where a mark was read."""
        return bool(self._raw)

    def open(self, number: int, found: Opened, raw: str) -> None:
        """Begins with a marked line."""
        self._number, self._part = number, found.part
        self._words[self._part].append(found.words)
        self._keep(raw)

    def add(self, found: Opened | None, raw: str, between: list[str]) -> None:
        """Goes on with a line, marked as the answer or not, after what stood before it."""
        self._words[self._part] += between
        if found is not None:
            self._part = found.part
        self._words[self._part].append(raw if found is None else found.words)
        for text in (*between, raw):
            self._keep(text)

    def close(self, options: LayoutOptions) -> Piece:
        """Gives the example, or the fault that one of both says nothing."""
        try:
            return self._number, self._example(options)
        except Refused as refused:
            return self._number, replace(refused.fault, original="\n".join(self._raw))

    def _example(self, options: LayoutOptions) -> Example:
        texts = {
            role: filled("\n".join(self._words[part]).strip(), options, role=role, column=part)
            for role, part in (("user", "question"), ("assistant", "answer"))
        }
        return {
            "messages": [
                *asked_system_turn({}, options),
                {"role": "user", "content": texts["user"]},
                {"role": "assistant", "content": texts["assistant"]},
            ]
        }

    def _keep(self, raw: str) -> None:
        self._raw.append(raw)
        self.size += len(raw) + 1


def _left(lines: list[Line]) -> Iterator[Piece]:
    return (leftover(number, text) for number, text in lines if text.strip())


TEXT_LAYOUT = TextLayout(
    name="qa-pairs",
    title="questions and answers as text: Q: and A:",
    recognises=recognises,
    split=split,
)
