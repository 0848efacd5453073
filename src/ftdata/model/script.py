"""Which kind of letters a text has: what its number of tokens in a vocabulary depends on most."""

from __future__ import annotations

from typing import Literal

#: English and code; other languages in Latin letters; Chinese, Japanese, Korean; all else.
Script = Literal["english", "latin", "cjk", "other"]

SCRIPTS: tuple[Script, ...] = ("english", "latin", "cjk", "other")

_LATIN_END = 0x250
_CJK = ((0x1100, 0x11FF), (0x3040, 0x30FF), (0x3130, 0x318F), (0x3400, 0x9FFF), (0xAC00, 0xD7AF))
_FOREIGN_SHARE = 0.2  # of letters: beyond it, the text is of their script
_ACCENTED_SHARE = 0.01  # German, Italian, Polish and Swedish have more, English has less


def script_of(text: str) -> Script:
    """Gives the kind of a text by the shares of its letters."""
    letters = list(filter(str.isalpha, text))
    accented = [ord(letter) for letter in letters if not letter.isascii()]
    foreign = [point for point in accented if point >= _LATIN_END]
    if len(foreign) > _FOREIGN_SHARE * len(letters):
        east = sum(any(first <= point <= last for first, last in _CJK) for point in foreign)
        return "cjk" if 2 * east >= len(foreign) else "other"
    return "latin" if len(accented) > _ACCENTED_SHARE * len(letters) else "english"
