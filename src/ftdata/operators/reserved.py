"""Rules out reserved strings by the bytes of a line, so that most lines need not be parsed for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

#: True for every line of JSON that has one of some strings in a text; perhaps for others, too.
Hint = Callable[[bytes], bool]

#: What JSON may write in another way than it is: quotes, backslashes, slashes and control characters.
_ESCAPED = re.compile(r'["\\\\/\x00-\x1f]')
_ESCAPE = rb"\\u"


def hint_of(reserved: Iterable[str]) -> Hint:
    """Gives what is true for every line of JSON that has one of the strings in a text.

    Strings that end with the same byte are searched for together, by that byte: it is rare, and found faster
    than any of several beginnings.
    """
    by_end: dict[bytes, set[bytes]] = {}
    for string in reserved:
        piece = max(_ESCAPED.split(string), key=len).encode("utf-8", "surrogatepass")
        by_end.setdefault(piece[-1:], set()).add(piece)
    searches = [re.compile(pattern).search for pattern in [_ESCAPE, *map(_any_of, by_end.values())]]

    def hinted(line: bytes) -> bool:
        for search in searches:  # noqa: SIM110  # no generator: this is asked of every line
            if search(line) is not None:
                return True
        return False

    return hinted


def without_hints(items: Sequence[object], hint: Hint) -> list[object]:
    """Gives the items, with None in place of each line that has the hint."""
    return [None if type(item) is bytes and hint(item) else item for item in items]


def _any_of(pieces: set[bytes]) -> bytes:
    """A pattern for pieces with the same last byte: it is that byte, looking back."""
    ordered = sorted(pieces)
    end = re.escape(ordered[0][-1:])
    behind = b"|".join(b"(?<=%b)" % re.escape(piece) for piece in ordered)
    before = b"".join(sorted({re.escape(piece[-2:-1]) for piece in ordered}))
    quick = b"(?<=[%b]%b)" % (before, end) if all(len(piece) > 1 for piece in ordered) else b""
    return b"%b%b(?:%b)" % (end, quick, behind)
