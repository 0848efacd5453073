"""Cuts blocks of bytes into numbered lines, whatever the size of the blocks."""

from __future__ import annotations

from ftdata.model import Fault

_BLANK = b" \t\r"

Numbered = tuple[list[int], list[bytes | Fault]]


class LineSplitter:
    """Feeds on blocks and gives lines: only b"\\n" ends one, and one b"\\r" before it is dropped.

    A line above `max_line_bytes` is counted but not kept, so that memory stays bounded.
    """

    def __init__(self, max_line_bytes: int) -> None:
        self._max = max_line_bytes
        self.number = 1  # of the next line
        self._start_line()

    def feed(self, block: bytes) -> Numbered:
        """Gives the lines that end in this block."""
        first, *lines = block.split(b"\n")
        self._keep(first)
        if not lines:
            return [], []
        items: list[bytes | Fault] = [self._finished()]
        last = lines.pop()
        if lines:
            items += lines if self._are_plain(lines, block) else map(self._checked, lines)
        self._keep(last)
        numbers = list(range(self.number, self.number + len(items)))
        self.number += len(items)
        return numbers, items

    def rest(self) -> Numbered:
        """Gives the last line if it has no line end; nothing otherwise."""
        if not self._length:
            return [], []
        return [self.number], [self._finished()]

    def cut(self, damage: Fault) -> Numbered:
        """Gives the damage at which the stream ends, with what was read of its line."""
        begun = b"".join(self._parts).decode("utf-8", "backslashreplace")
        self._start_line()
        return [self.number], [Fault(damage.name, damage.params, original=begun or None)]

    def _start_line(self) -> None:
        self._parts: list[bytes] = []  # of the line that has not ended yet
        self._length = 0
        self._last = b""  # its last byte

    def _keep(self, part: bytes) -> None:
        if not part:
            return
        self._length += len(part)
        self._last = part[-1:]
        if self._length > self._max + 1:  # one more, because a b"\r" at the end does not count
            self._parts.clear()
        else:
            self._parts.append(part)

    def _finished(self) -> bytes | Fault:
        length = self._length - (self._last == b"\r")
        line = b"".join(self._parts)
        self._start_line()
        return self._checked(line) if length <= self._max else self._too_long(length)

    def _are_plain(self, lines: list[bytes], block: bytes) -> bool:
        """True where no line needs a look: none is blank, too long, or ends in b"\\r"."""
        # A blank line sorts before every line that starts with more than a blank.
        return (
            min(lines) > b" \xff" and len(max(lines, key=len)) <= self._max and b"\r" not in block
        )

    def _checked(self, line: bytes) -> bytes | Fault:
        if line[-1:] == b"\r":
            line = line[:-1]
        if len(line) > self._max:
            return self._too_long(len(line))
        if not line.strip(_BLANK):
            return Fault("blank-line", is_row=False)
        return line

    def _too_long(self, byte_count: int) -> Fault:
        return Fault("line-too-long", {"byte_count": byte_count, "limit": self._max})
