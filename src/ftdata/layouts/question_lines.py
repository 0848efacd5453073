"""Lines that open a question or an answer: `Q:`, `Answer 3:`, `2. Frage:`, `**Q1.**`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from ftdata.layouts.question_answer import ANSWERS, QUESTIONS

Part = Literal["question", "answer"]


class Opened(NamedTuple):
    """A line that opens a question or an answer, and what it says behind the mark."""

    part: Part
    words: str


_QUESTION_WORDS = frozenset(word.casefold() for word in (*QUESTIONS, "F"))
_ANSWER_WORDS = frozenset(word.casefold() for word in ANSWERS)
_WORDS = "|".join(
    re.escape(word) for word in sorted(_QUESTION_WORDS | _ANSWER_WORDS, key=len, reverse=True)
)
_MARK = re.compile(
    rf"\s{{0,4}}(?:#{{1,6}}\s{{0,2}}|>\s|[-*]\s)?(?:\*\*|__)?(?:\(?\d{{1,4}}[.):]\s{{0,2}})?(?:\*\*|__)?"
    rf"(?P<word>{_WORDS})(?:\s?[:：]|\s?\d{{1,4}}\s?[:：.)])(?:\*\*|__)?\s?(?P<words>.*)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s{0,3}(?:#{1,6}\s|(?:[-*_=]\s?){3,}$)")


class QuestionLines:
    """Reads the marks of one document: the first word met for each part is its only word there."""

    def __init__(self) -> None:
        self._word_of: dict[Part, str] = {}

    def read(self, line: str) -> Opened | None:
        """Gives what the line opens, if it does."""
        match = _MARK.match(line)
        if match is None:
            return None
        word = match["word"].casefold()
        part: Part = "question" if word in _QUESTION_WORDS else "answer"
        if self._word_of.setdefault(part, word) != word:
            return None
        return Opened(part, match["words"].strip())


def are_pairs(lines: Sequence[str]) -> bool:
    """True where the first lines hold two pairs of question and answer, or begin with one."""
    filled = [line for line in lines if line.strip()]
    marks = QuestionLines()
    parts = [found.part for line in filled if (found := marks.read(line)) is not None]
    pairs = sum(1 for pair in pairwise(parts) if pair == ("question", "answer"))
    return pairs > 1 or (pairs == 1 and QuestionLines().read(filled[0]) is not None)


def stands_between(line: str) -> bool:
    """True for a heading or a ruled line, which may belong to no answer."""
    return _BETWEEN.match(line) is not None
