"""Who speaks in a line of a chat log, an export of a messenger, or a transcript."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from ftdata.layouts.dialogue import opening_names
from ftdata.layouts.roles import known_role, speaker_role
from ftdata.model import LayoutOptions

#: How speakers are marked: `<nick> text`, `date, time - Name: text`, or `Name: text`.
Marking = Literal["nick", "dated", "named"]


_TITLE_LINES = 5  # among so many lines at the beginning a speaker has to be


class Said(NamedTuple):
    """A line that opens a turn."""

    speaker: str
    words: str


_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[\s\u202f]?[APap]\.?[Mm]\.?)?"
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_STAMP = rf"[\[(]?(?:{_DATE},?[\sT]{{1,2}})?{_TIME}[\])]?"
_NAME = r"[^\s:：<>\[\]{}\"][^:：<>\[\]{}\"\n]{0,39}?"

_NICK = re.compile(rf"(?:{_STAMP}\s{{1,2}})?<\s?[@+%~&]?(?P<name>[^<>\s]{{1,64}})>\s?(?P<words>.*)")
_DATED = re.compile(
    rf"[\u200e\u200f]?{_STAMP}\s{{0,2}}[-–|]?\s{{0,2}}(?P<name>[^:：]{{1,64}}?)[:：]\s(?P<words>.*)"
)
_NAMED = re.compile(
    rf"\s{{0,3}}(?:#{{1,6}}\s{{0,2}}|>\s)?(?:\*\*|__)?(?P<name>{_NAME})(?:\*\*|__)?"
    rf"(?:\s\({_TIME}\))?\s?[:：](?:\*\*|__)?(?:\s(?P<words>.*)|$)"
)
_PATTERNS: dict[Marking, re.Pattern[str]] = {"nick": _NICK, "dated": _DATED, "named": _NAMED}

_LOGS: tuple[Marking, ...] = ("nick", "dated")
_OPENING = frozenset(opening_names())

_EVENTS: dict[Marking, re.Pattern[str]] = {
    "nick": re.compile(rf"(?:{_STAMP}\s{{1,2}})?(?:===|\*{{1,3}}|-!-|-->|<--|--)\s"),
    "dated": re.compile(rf"[\u200e\u200f]?{_STAMP}\s{{0,2}}[-–|]?\s"),
    "named": re.compile(r"\s*(?:[-*_=#~]\s?){3,}$"),
}

#: Words before a colon that open a remark, not a turn.
_NO_SPEAKERS = frozenset(
    (
        *("note", "notes", "warning", "error", "example", "http", "https", "ps", "p.s.", "edit"),
        *("update", "re", "subject", "date", "from", "to", "cc", "title", "output", "input"),
    )
)


class SpeakerLines:
    """Reads the lines of one document, whose speakers are all marked in the same way.

    The first name seen for a role is its only name until `forget`: "AI: ..." within the words of the
    Assistant opens no turn.
    """

    def __init__(
        self, marking: Marking, options: LayoutOptions, others: frozenset[str] | None
    ) -> None:
        """`others` are the names met so far that nobody knows; None: only known names speak."""
        self.marking = marking
        self._named = {name.strip().casefold() for name in options.roles}
        self._others = others
        self._name_of: dict[str, str] = {}

    def read(self, line: str) -> Said | None:
        """Gives the speaker and the words of a line that opens a turn."""
        match = _PATTERNS[self.marking].match(line)
        if match is None:
            return None
        name, words = match["name"].strip(), match["words"] or ""
        if self.marking == "named" and not self._is_speaker(name, words):
            return None
        return Said(name, words.strip())

    def is_event(self, line: str) -> bool:
        """True for a line that nobody said: who joined, who left, a rule between conversations."""
        return _EVENTS[self.marking].match(line) is not None

    def forget(self) -> None:
        """Starts anew: the next conversation may name its sides otherwise."""
        self._name_of.clear()

    def _is_speaker(self, name: str, words: str) -> bool:
        folded = name.casefold()
        if folded in self._named:
            return True
        if folded in _OPENING:
            role = known_role(folded) or ""
            return self._name_of.setdefault(role, folded) == folded
        if self._others is None or not _may_speak(name, words):
            return False
        return folded in self._others or name[0].isupper() or not name[0].isascii()


def speaker_lines(lines: Sequence[str], options: LayoutOptions) -> SpeakerLines | None:
    """Tells from its first lines how a document marks its speakers; None where it does not.

    Half of the lines of a log are marked. Names alone count where one of the first lines has one, and
    either both sides have names that everybody knows, or two speakers return and open half of the lines.
    """
    filled = [line for line in lines if line.strip()]
    for marking in _LOGS:
        marked = sum(1 for line in filled if _PATTERNS[marking].match(line))
        if marked >= 2 and 2 * marked >= len(filled):
            return SpeakerLines(marking, options, None)
    names = Counter(
        match["name"].strip().casefold()
        for line in filled
        if (match := _NAMED.match(line)) and _may_speak(match["name"], match["words"] or "")
    )
    first = (match for line in filled[:_TITLE_LINES] if (match := _NAMED.match(line)))
    if all(match["name"].strip().casefold() not in names for match in first):
        return None
    roles = {speaker_role(name, options) if name in _OPENING else None for name in names}
    roles |= {known_role(role) for name, role in options.roles.items() if name.casefold() in names}
    if {"user", "assistant"} <= roles:
        return SpeakerLines("named", options, None)
    regulars = frozenset(name for name, count in names.items() if count > 1)
    if options.roles or (len(regulars) > 1 and 2 * sum(names.values()) >= len(filled)):
        return SpeakerLines("named", options, regulars)
    return None


def _may_speak(name: str, words: str) -> bool:
    """False for what is a remark or an address rather than a speaker."""
    return (
        name.strip().casefold() not in _NO_SPEAKERS
        and len(name.split()) <= 3
        and not words.startswith("//")
    )
