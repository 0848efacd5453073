"""Cuts blocks of bytes into the elements of a JSON array, or into JSON values one after another.

Elements are not parsed: their bytes stay as they are, so that repeated keys and long numbers are seen
later. A pass looks at quotes and at the bracket with which an element opens, and at nothing else.
"""

from __future__ import annotations

import re

from ftdata.model import Fault
from ftdata.readers.line_splitter import Numbered

_SPACE = re.compile(rb"[ \t\r\n]*")
_CLOSERS = {ord("{"): ord("}"), ord("["): ord("]")}
_SEARCHES = {
    ord("{"): re.compile(rb'["{}]'),
    ord("["): re.compile(rb'["\[\]]'),
    ord('"'): re.compile(rb'"'),
}
_WORD_ENDS = re.compile(rb'[,\[\]{"]')
_WORD_ENDS_OUTSIDE = re.compile(rb'[,\[{"\n]')
_QUOTE, _BACKSLASH = ord('"'), ord("\\")
_NO_COMMA = "a comma is missing between two elements"
_LONE_COMMA = "a comma with no element before it"
_TRAILING_COMMA = "a trailing comma before ']'"
_OUTER_COMMA = "a comma between values that stand in no array"
_AFTER_ARRAY = "more text after the end of the array"


class ElementScanner:
    """Feeds on blocks and gives elements with the line on which each starts.

    An element above `max_bytes` is counted but not kept, so that memory stays bounded. What is wrong
    between elements is a fault beside them; what stands behind the array is a fault in place of a row.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max = max_bytes
        self._block = b""
        self._place = 0
        self._line = 1  # of the place in the block up to which lines were counted
        self._counted = 0
        self._column_base = 0  # bytes of the current line that stand before this block
        self._array = "unknown"  # or "open", "closed", "none"
        self._before = (
            "["  # what stands before the place between elements: "[", "," or an "element"
        )
        self._comma_was_told = False
        self._numbers: list[int] = []
        self._items: list[bytes | Fault] = []
        self._kind = 0  # of the open element: its bracket, a quote, 1 for a word; 0: none is open
        self._in_text = False
        self._escaped = False  # the last block ended within an escape
        self._start_element(0)

    def feed(self, block: bytes) -> Numbered:
        """Gives the elements that end in this block, and the faults between them."""
        self._block, self._place, self._mark = block, 0, 0
        self._counted = 0
        self._numbers, self._items = [], []
        while self._place < len(block):
            if self._kind == 0:
                self._read_between()
            elif self._kind == 1:
                self._read_word()
            else:
                self._read_element()
        if self._kind:
            self._keep(block[self._mark :])
        self._count_lines(len(block))
        self._column_base = self._column_of(len(block)) - 1
        return self._numbers, self._items

    def rest(self) -> tuple[list[int], list[bytes | Fault], bool]:
        """Gives what the file ends with, and whether the last item was cut off."""
        self._numbers, self._items, self._block = [], [], b""
        params = {"column": self._column_base + 1}
        cut_off = self._kind > 1
        if self._kind == 1 and self._array == "open":
            original = b"".join(self._parts).strip().decode("utf-8", "backslashreplace")
            self._tell(Fault("truncated-last-line", params, original=original), self._first_line)
        elif self._kind:
            self._end_element(0)
        elif self._array == "open":
            self._tell(Fault("truncated-last-line", params, is_row=False), self._line)
        return self._numbers, self._items, cut_off and isinstance(self._items[-1], bytes)

    def cut(self, damage: Fault) -> Numbered:
        """Gives the damage at which the stream ends, with what was read of its element."""
        begun = b"".join(self._parts).decode("utf-8", "backslashreplace")
        self._kind, self._array = 0, "closed"
        return [self._line], [Fault(damage.name, damage.params, original=begun or None)]

    def _read_between(self) -> None:
        """Reads what stands between two elements, up to the first byte of the next."""
        space = _SPACE.match(self._block, self._place)
        place = self._place = space.end() if space else self._place
        if place == len(self._block):
            return
        byte = self._block[place : place + 1]
        if self._array == "unknown":
            self._array = "open" if byte == b"[" else "none"
            self._place += byte == b"["
        elif byte == b",":
            self._read_comma()
        elif byte == b"]" and self._array == "open":
            if self._before == ",":
                self._tell_between(_TRAILING_COMMA)
            self._array = "closed"
            self._place += 1
        else:
            if self._array == "open" and self._before == "element":
                self._tell_between(_NO_COMMA)
            self._start_element(place)

    def _read_comma(self) -> None:
        if self._array != "open":
            if not self._comma_was_told:
                self._tell_between(_OUTER_COMMA)
            self._comma_was_told = True
        elif self._before != "element":
            self._tell_between(_LONE_COMMA)
        self._before = ","
        self._place += 1

    def _start_element(self, place: int) -> None:
        self._parts: list[bytes] = []
        self._length = 0
        self._depth = 0
        self._mark = place
        self._count_lines(place)
        self._first_line = self._line
        if place < len(self._block):
            first = self._block[place]
            self._kind = first if first in _SEARCHES else 1
            self._in_text = first == _QUOTE
            self._place = place + self._in_text

    def _read_word(self) -> None:
        """Reads a number, a word or rubbish up to the next comma or bracket."""
        ends = _WORD_ENDS if self._array == "open" else _WORD_ENDS_OUTSIDE
        found = ends.search(self._block, self._place)
        self._place = found.start() if found else len(self._block)
        if found:
            self._end_element(self._place)

    def _read_element(self) -> None:
        """Reads on within a text, or within brackets to the one that closes the element."""
        block, place, depth = self._block, self._place, self._depth
        search = _SEARCHES[self._kind].search
        closer = _CLOSERS.get(self._kind)
        while True:
            if self._in_text:
                place = self._read_text(place)
                if self._in_text:
                    break
            if self._kind != _QUOTE:
                found = search(block, place)
                place = found.end() if found else len(block)
                if found is None:
                    break
                byte = block[place - 1]
                if byte == _QUOTE:
                    end = block.find(b'"', place)
                    if end > 0 and block[end - 1] != _BACKSLASH:
                        place = end + 1  # most texts end here: nothing in them is escaped
                    else:
                        self._in_text = True
                    continue
                depth += -1 if byte == closer else 1
            if depth == 0:
                self._place = place
                self._end_element(place)
                return
        self._place, self._depth = place, depth

    def _read_text(self, place: int) -> int:
        """Gives the place behind the closing quote, or the end of the block if it has none."""
        block = self._block
        if self._escaped and place < len(block):
            place += 1
            self._escaped = False
        while True:
            quote = block.find(b'"', place)
            end = quote if quote >= 0 else len(block)
            backslashes = 0
            while end - backslashes > place and block[end - backslashes - 1] == _BACKSLASH:
                backslashes += 1
            if quote < 0:
                self._escaped = backslashes % 2 == 1
                return end
            if backslashes % 2 == 0:
                self._in_text = False
                return quote + 1
            place = quote + 1

    def _end_element(self, place: int) -> None:
        self._keep(self._block[self._mark : place])
        raw = b"".join(self._parts)
        if self._kind == 1:
            raw = raw.rstrip()
        self._kind = 0
        self._before = "element"
        item: bytes | Fault = raw
        if self._length > self._max:
            params = {"byte_count": self._length, "limit": self._max}
            item = Fault("line-too-long", params)
        elif self._array == "closed":
            text = raw.decode("utf-8", "backslashreplace")
            reason = {"column": self._column_of(place), "reason": _AFTER_ARRAY}
            item = Fault("invalid-json", reason, original=text)
        self._tell(item, self._first_line)
        self._parts, self._length = [], 0

    def _keep(self, part: bytes) -> None:
        self._length += len(part)
        if self._length > self._max:
            self._parts.clear()
        else:
            self._parts.append(part)

    def _tell(self, item: bytes | Fault, line: int) -> None:
        self._numbers.append(line)
        self._items.append(item)

    def _tell_between(self, reason: str) -> None:
        self._count_lines(self._place)
        params = {"column": self._column_of(self._place), "reason": reason}
        self._tell(Fault("invalid-json", params, is_row=False), self._line)

    def _count_lines(self, place: int) -> None:
        self._line += self._block.count(b"\n", self._counted, place)
        self._counted = place

    def _column_of(self, place: int) -> int:
        """The 1-based column of a place, in bytes."""
        newline = self._block.rfind(b"\n", 0, place)
        return place - newline if newline >= 0 else self._column_base + place + 1
