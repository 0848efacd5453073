"""Rules out reserved strings by the bytes of a line, so that most lines need not be parsed for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

#: What JSON may write in another way than it is: quotes, backslashes, slashes and control characters.
_ESCAPED = re.compile(r'["\\\\/\x00-\x1f]')


def hint_of(reserved: Iterable[str]) -> re.Pattern[bytes]:
    """Gives what is in every line of JSON that has one of the strings in a text; perhaps in others, too."""
    pieces = [max(_ESCAPED.split(string), key=len) for string in sorted(reserved)]
    hints = [rb"\\u", *(re.escape(piece.encode("utf-8", "surrogatepass")) for piece in pieces)]
    return re.compile(b"|".join(hints))


def without_hints(items: Sequence[object], hint: re.Pattern[bytes]) -> list[object]:
    """Gives the items, with None in place of each line that has the hint."""
    return [None if type(item) is bytes and hint.search(item) else item for item in items]
