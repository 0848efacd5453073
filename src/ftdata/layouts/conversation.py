"""Collects the turns of one conversation from running text, and cuts it where it is too long."""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.layouts.document import MAX_CHARACTERS, Piece
from ftdata.layouts.roles import role_in_text
from ftdata.layouts.spoken_turns import Turn, pieces_of
from ftdata.model import LayoutOptions

_MOST_BLANKS = 100  # blank lines in a row within a turn; more are white space without end


class Conversation:
    """The turns of the conversation that is being read; a system turn stands before the others."""

    def __init__(self, options: LayoutOptions) -> None:
        self._options = options
        self._system: list[Turn] = []
        self._turns: list[Turn] = []
        self._size = 0  # in characters

    @property
    def is_open(self) -> bool:
        """True where somebody has spoken."""
        return bool(self._turns or self._system)

    @property
    def begin(self) -> int | None:
        """The line on which the first turn that is still held begins."""
        return self._turns[0].number if self._turns else None

    @property
    def turn_count(self) -> int:
        """Turns so far, without the system's."""
        return len(self._turns)

    def say(self, number: int, speaker: str, words: str, raw: str) -> Iterator[Piece]:
        """Adds a line with which somebody speaks; gives what is long enough to be cut off before it."""
        role = role_in_text(speaker, self._options)
        last = self._last
        if last is None or last.role != role or role in (None, "tool"):
            if role == "user":
                yield from self._cut_before_user()
            last = Turn(number, role, speaker)
            (self._system if role == "system" else self._turns).append(last)
        yield from self._add(last, words, raw)

    def go_on(self, raw: str, blank_lines: int) -> Iterator[Piece]:
        """Adds a line to the turn that stands last; gives all there is where that is too long.

        Somebody must have spoken.
        """
        last = (self._turns or self._system)[-1]
        last.lines += [""] * min(blank_lines, _MOST_BLANKS)
        yield from self._add(last, raw, raw)

    def close(self) -> Iterator[Piece]:
        """Gives what the conversation holds, and forgets it."""
        most = self._options.max_turns
        if most is not None and len(self._turns) > most:
            yield from self._cut(most)
            yield from self._pieces(self._turns) if self._turns else ()
        elif self.is_open:
            yield from self._pieces(self._turns)
        self._system, self._turns, self._size = [], [], 0

    @property
    def _last(self) -> Turn | None:
        turns = self._turns or self._system
        return turns[-1] if turns else None

    def _add(self, turn: Turn, words: str, raw: str) -> Iterator[Piece]:
        turn.lines.append(words)
        turn.raw.append(raw)
        self._size += len(raw) + 1
        if self._size > 2 * MAX_CHARACTERS:
            yield from self.close()

    def _cut_before_user(self) -> Iterator[Piece]:
        """A user is about to speak: the best place to cut a conversation that is long."""
        most = self._options.max_turns
        if self._size > MAX_CHARACTERS:
            most = len(self._turns)
        if most is not None and len(self._turns) >= most > 0:
            yield from self._cut(most)

    def _cut(self, most: int) -> Iterator[Piece]:
        """Gives parts of at most so many turns, as long as an answer ends one."""
        while len(self._turns) >= most and (end := self._boundary(most)) is not None:
            yield from self._pieces(self._turns[:end])
            self._turns = self._turns[end:]
        self._size = sum(len(raw) + 1 for turn in self._turns for raw in turn.raw)

    def _boundary(self, most: int) -> int | None:
        """The last place within `most` turns, or the first after it, where a user has been answered."""
        ends = [
            end
            for end in range(1, len(self._turns) + 1)
            if self._turns[end - 1].role == "assistant"
            and any(turn.role == "user" for turn in self._turns[:end])
            and (end == len(self._turns) or self._turns[end].role == "user")
        ]
        return max((end for end in ends if end <= most), default=ends[0] if ends else None)

    def _pieces(self, turns: list[Turn]) -> Iterator[Piece]:
        return pieces_of(self._system, turns, self._options)
