"""Names the encoding of text that is not Unicode.

charset-normalizer is good at scripts whose letters stand in runs of high bytes (Chinese, Cyrillic,
Arabic, ...). For Latin scripts, where single accented letters stand between ASCII letters, it takes
Windows-1252 for code pages of the Baltic or of DOS in a fifth of real samples; those are told apart
here by the letters and marks that their languages use, and by where in a word these stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WEST = "àâäáãåæçèéêëìíîïñòóôöøùúüÿœßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜŒŸ"
_CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžäĺľôŕöüőűăâîşţđß" + "ĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽÄĽÔÖÜŐŰĂÂÎŞŢĐ"
_BALTIC = "ąčęėįšųūžāēģīķļņäõöü" + "ĄČĘĖĮŠŲŪŽĀĒĢĪĶĻŅÄÕÖÜ"
_TURKISH = "çğıöşüâîûÇĞİÖŞÜ"

#: Code pages of Latin scripts, the likelier first; the letters that their languages use; and by how much
#: the page must fit better than one before it.
_LATIN = {
    "cp1252": (_WEST, 0.0),
    "cp1250": (_CENTRAL, 0.01),
    "iso8859_2": (_CENTRAL, 0.01),
    "cp1257": (_BALTIC, 0.01),
    "cp1254": (_TURKISH, 0.01),
    "mac_roman": (_WEST, 0.2),
    "cp850": (_WEST, 0.2),
    "cp437": (_WEST, 0.2),
}
#: Letters of small languages whose bytes are common letters of larger ones in the next code pages.
_SELDOM = frozenset("õûþðýÞÐÝšžŠŽ")
_MARKS = frozenset("“”„‘’‚–—…«»‹›€£§°©®™•·¿¡ºª\xa0\xad²³½¼¾µ×±´†")
_IN_WORDS = frozenset("’´·\xad\xa0")

_OTHER_SCRIPTS = [
    *("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1251", "koi8_r", "koi8_u", "cp866"),
    *("iso8859_5", "cp1253", "iso8859_7", "cp1255", "cp1256", "cp874"),
]
_FITS = 0.3  # mean score of a character, at most 1, from which a code page is believed


def guess_charset(sample: bytes) -> str | None:
    """Gives the Python name of the encoding, or None where nothing fits.

    `sample` is some kilobytes that are not UTF-8 and that end with a line, so that no character is cut.
    """
    in_runs = _high_bytes_in_runs(sample) > 0.5
    return (_other_script(sample) if in_runs else None) or _latin(sample) or _other_script(sample)


def _high_bytes_in_runs(sample: bytes) -> float:
    """The share of bytes from 0x80 on that stand three or more together; two are still Größe."""
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    in_runs = sum(len(run) for run in re.findall(rb"[\x80-\xff]{3,}", sample))
    return in_runs / high if high else 0.0


def _other_script(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_OTHER_SCRIPTS).best()
    return None if best is None else str(best.encoding)


def _latin(sample: bytes) -> str | None:
    found, found_score = None, _FITS
    for name, (letters, margin) in _LATIN.items():
        score = _fit(sample, name, frozenset(letters))
        if score > found_score + (margin if found else 0):
            found, found_score = name, score
    return found


def _fit(sample: bytes, name: str, letters: frozenset[str]) -> float:
    """The mean score of the characters beyond ASCII; -2 where the bytes are not of this code page."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return -2.0
    scores = list(_scores(text, letters))
    return sum(scores) / len(scores) if scores else -2.0


def _scores(text: str, letters: frozenset[str]) -> Iterator[float]:
    for found in re.finditer(r"[^\x00-\x7f]", text):
        character, at = found.group(), found.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if character in _MARKS:
            in_word = before.isalpha() and after.isalpha() and character not in _IN_WORDS
            yield -2.0 if in_word else 0.9
        elif _breaks_case(before, character, after):
            yield -2.0
        elif character in letters:
            yield 1.0
        else:
            yield 0.8 if character in _SELDOM else -2.0


def _breaks_case(before: str, character: str, after: str) -> bool:
    """True for a capital after a small letter, or a small letter before a capital: no word has these."""
    return (character.isupper() and before.islower()) or (character.islower() and after.isupper())
