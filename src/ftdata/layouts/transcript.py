"""Conversations as running text: `User: ...` and `Assistant: ...`, messenger exports, chat logs.

A speaker opens a turn; lines without one go on with it; lines of one role in a row are one turn. Names other
than User, Human, Assistant, AI and their like need --speaker NAME=assistant; all others then are users.

Blank lines end a conversation only where turns follow each other without them: whether the first
block holds both sides decides that for the whole document. Two blank lines, a ruled line and a new
`System:` always end it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ftdata.layouts.conversation import Conversation
from ftdata.layouts.document import Line, Piece, leftover, look_ahead
from ftdata.layouts.question_lines import are_pairs
from ftdata.layouts.roles import speaker_role
from ftdata.layouts.speaker_lines import SpeakerLines, speaker_lines
from ftdata.model import LayoutOptions, TextLayout


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
    marks = speaker_lines(head, options) or SpeakerLines("named", options, None)
    conversation, blanks = Conversation(options), _Blanks(options)
    for number, raw in lines:
        if not raw.strip():
            blanks.count += 1
            continue
        said = marks.read(raw)
        if said is not None:
            if conversation.is_open and blanks.end(conversation, said.speaker):
                yield from conversation.close()
                marks.forget()
            yield from conversation.say(number, said.speaker, said.words, raw)
        elif marks.is_event(raw):
            if marks.marking == "named":
                yield from conversation.close()
                marks.forget()
            yield leftover(number, raw)
        elif conversation.is_open:
            yield from conversation.go_on(raw, blanks.count)
        else:
            yield leftover(number, raw)
        blanks.count = 0
    yield from conversation.close()


class _Blanks:
    """What blank lines mean in this document."""

    def __init__(self, options: LayoutOptions) -> None:
        self.count = 0
        self._options = options
        self._separate: bool | None = None

    def end(self, conversation: Conversation, speaker: str) -> bool:
        """True where the conversation ends before what `speaker` is about to say."""
        role = speaker_role(speaker, self._options)
        if role == "system":
            return conversation.turn_count > 0
        if self.count and self._separate is None:
            self._separate = conversation.turn_count > 1
        if role in ("assistant", "tool"):
            return False
        return self.count > 1 or (self.count == 1 and bool(self._separate))


TEXT_LAYOUT = TextLayout(
    name="transcript",
    title="transcripts and chat logs: who speaks, and what they say",
    recognises=recognises,
    split=split,
)
