"""Conversations as running text: `User: ...` and `Assistant: ...`, messenger exports, chat logs.

A speaker opens a turn; lines without one go on with it; lines of one role in a row are one turn. Names other
than User, Human, Assistant, AI and their like need --speaker NAME=assistant; all others then are users.

Blank lines end a conversation only where turns follow each other without them: whether the first
block holds both sides decides that for the whole document. Two blank lines, a ruled line and a new
`System:` always end it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from ftdata.layouts.conversation import Conversation
from ftdata.layouts.document import Line, Piece, leftover, look_ahead
from ftdata.layouts.question_lines import are_pairs
from ftdata.layouts.roles import speaker_role
from ftdata.layouts.speaker_lines import SpeakerLines, speaker_lines
from ftdata.model import LayoutOptions, TextLayout

_MOST_ASIDE = 10_000


def recognises(lines: Sequence[str]) -> bool:
    """True where the first lines mark at least two speakers, and they are not Q and A."""
    return speaker_lines(lines, LayoutOptions()) is not None and not are_pairs(lines)


def split(
    lines: Iterable[Line],
    options: LayoutOptions,
    count: Callable[[str], int],  # noqa: ARG001 - conversations are cut by turns
) -> Iterator[Piece]:
    """Gives one example for each conversation, or for each part of `options.max_turns` turns.

    Who joined and left, and what stands before the first speaker, is left over.
    """
    head, lines = look_ahead(lines)
    reader = _Reader(speaker_lines(head, options), options)
    for number, raw in lines:
        yield from reader.in_order(reader.read(number, raw))
    yield from reader.in_order(reader.end())


class _Reader:
    """Reads a document line by line; holds one conversation, and the lines in no example below it."""

    def __init__(self, marks: SpeakerLines | None, options: LayoutOptions) -> None:
        self._marks = marks or SpeakerLines("named", options, None)
        self._options = options
        self._conversation = Conversation(options)
        self._aside: list[Piece] = []
        self._blanks = 0
        self._rule: tuple[int, str, int] | None = None  # a ruled line, and the blank lines above it
        self._blank_ends: bool | None = (
            None  # whether a blank line ends a conversation; None: unknown
        )

    def read(self, number: int, raw: str) -> Iterator[Piece]:
        """Takes a line; gives what is complete before it."""
        if not raw.strip():
            self._blanks += 1
            return
        said = self._marks.read(raw)
        if said is not None:
            if self._ends_before(said.speaker):
                yield from self.end()
            yield from self._conversation.say(number, said.speaker, said.words, raw)
        elif not self._conversation.is_open:
            self._aside.append(leftover(number, raw))
        elif not self._marks.is_event(raw):
            yield from self._go_on(raw)
        elif self._marks.marking == "named":
            yield from self._go_on(None)
            self._rule = (number, raw, self._blanks)
        else:
            self._aside.append(leftover(number, raw))
            if len(self._aside) > _MOST_ASIDE:
                yield from self.end()
        self._blanks = 0

    def end(self) -> Iterator[Piece]:
        """Ends the conversation."""
        yield from self._conversation.close()
        self._marks.forget()
        if self._rule is not None:
            self._aside.append(leftover(*self._rule[:2]))
            self._rule = None

    def in_order(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Gives the pieces, and among them the lines in no example that stand before what is held."""
        ready = list(pieces)
        begin = self._conversation.begin
        if ready or begin is None:
            ready += [piece for piece in self._aside if begin is None or piece[0] < begin]
            self._aside = [] if begin is None else [one for one in self._aside if one[0] >= begin]
        return sorted(ready, key=itemgetter(0))

    def _go_on(self, raw: str | None) -> Iterator[Piece]:
        """Adds a line to the turn, after the ruled line that turned out to be a part of it."""
        if self._rule is not None:
            _, rule, blanks = self._rule
            self._rule = None
            yield from self._conversation.go_on(rule, blanks)
        if raw is not None:
            yield from self._conversation.go_on(raw, self._blanks)

    def _ends_before(self, speaker: str) -> bool:
        """True where a conversation is held that ends before what `speaker` is about to say."""
        role = speaker_role(speaker, self._options)
        if self._rule is not None:
            return True
        if role == "system":
            return self._conversation.turn_count > 0
        if self._blanks and self._blank_ends is None and self._conversation.is_open:
            self._blank_ends = self._conversation.turn_count > 1
        if role in ("assistant", "tool"):
            return False
        return self._blanks > 1 or (self._blanks == 1 and bool(self._blank_ends))


TEXT_LAYOUT = TextLayout(
    name="transcript",
    title="transcripts and chat logs: who speaks, and what they say",
    recognises=recognises,
    split=split,
)
