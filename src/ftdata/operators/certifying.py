"""Certifies good lines without a look at their parts: the fast half of `judging`.

A line is CLEAN where all of this is certain, so that judging it would find nothing:

* its shape: the acceptor, made from the target's schema, decodes it (see `rules/shape/acceptor.py`);
* its text: no key was given twice. A text holds as many quotes as its keys and strings need, two each,
  apart from the escaped ones; a repeated key makes them more, and nothing makes them fewer. Numbers are
  only decoded where a double holds them exactly;
* its turns: no rule flags their roles, and no content is what a rule could flag: none is blank, and the
  line is shorter than every limit;
* its tokens: a line never has more of them than bytes.

Whatever is not certain goes the slow way, which is right for every line. A law test holds that both ways
give the same report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final

from msgspec import UNSET, Raw

from ftdata.model import TEXT_ROLES
from ftdata.operators.measuring import QuoteCounter
from ftdata.readers.json_line import count_escaped_quotes
from ftdata.rules.shape.acceptor import Acceptor


class Standing(Enum):
    """What is certain about a line."""

    CLEAN = "judging it would find nothing"
    FITS = "if it is JSON without a fault, it fits the schema"
    UNKNOWN = "nothing"


CLEAN: Final = Standing.CLEAN
FITS: Final = Standing.FITS
UNKNOWN: Final = Standing.UNKNOWN

#: (roles, how many replies are trained) -> whether any rule flags turns of which no content is odd.
Flagged = Callable[["tuple[str, ...]", int], bool]

_REMEMBERED = 4096  # sequences of roles, none longer than
_LONGEST_REMEMBERED = 64


class Certifier:
    """Tells the standing of lines, for one target and one choice of rules.

    `flagged` judges sequences of roles; a line longer than `longest` bytes is never clean.
    """

    def __init__(self, acceptor: Acceptor, flagged: Flagged, longest: int) -> None:
        self._decode = acceptor.decode
        self._count_quotes = QuoteCounter(acceptor).count_quotes
        self._plain = _plain_quotes(acceptor)
        self._roles = {
            made: shape.tag
            for made, shape in acceptor.shapes.items()
            if made.__struct_config__.tag_field == "role"  # type: ignore[attr-defined]
        }
        self._has_turns = {
            made
            for made in acceptor.shapes
            if "messages" in made.__struct_fields__  # type: ignore[attr-defined]
        }
        self._flagged = flagged
        self._longest = longest
        self._verdicts: dict[tuple[type, ...], int] = {}

    def standing_of(self, line: bytes) -> Standing:
        """Tells what is certain about a line."""
        try:
            row = self._decode(line)
        except (ValueError, RecursionError):
            return UNKNOWN
        try:
            turns = row.messages
            kinds = tuple(map(type, turns))
            plain = self._verdicts.get(kinds) or self._verdict_of(kinds)
            # As many quotes as the roles and texts alone need: there is no other key, and none twice.
            if plain == line.count(b'"') and len(line) <= self._longest:
                for turn in turns:
                    content = turn.content
                    if not content or content.isspace():
                        break
                else:
                    return CLEAN
        except (AttributeError, TypeError):
            pass  # no turns, or a content that is no text
        return self._standing_of_row(row, line)

    def _verdict_of(self, kinds: tuple[type, ...]) -> int:
        """Quotes of a row of such turns without another key; negative where the roles are flagged."""
        plain = -1
        if kinds and all(kind in self._plain for kind in kinds):
            roles = tuple(self._roles[kind] or "" for kind in kinds)
            if not self._flagged(roles, roles.count("assistant")):
                plain = 2 + sum(self._plain[kind] for kind in kinds)
        if len(kinds) <= _LONGEST_REMEMBERED:
            if len(self._verdicts) >= _REMEMBERED:
                self._verdicts.clear()
            self._verdicts[kinds] = plain
        return plain

    def _standing_of_row(self, row: Any, line: bytes) -> Standing:
        quotes = self._count_quotes(row)
        if quotes is None:
            return UNKNOWN
        if len(line) > self._longest or not self._are_clear(row):
            return FITS
        found = line.count(b'"')
        if found != quotes and found - count_escaped_quotes(line) != quotes:
            return FITS
        return CLEAN

    def _are_clear(self, row: Any) -> bool:
        """True where no rule flags the turns, if there are any."""
        if type(row) not in self._has_turns:
            return True
        turns = row.messages
        if type(turns) is not list or not turns:
            return False
        roles: list[str] = []
        trained = 0
        for turn in turns:
            role = self._roles.get(type(turn))
            if role is None or not _says_something(role, turn):
                return False
            roles.append(role)
            if role == "assistant":
                weight = getattr(turn, "weight", UNSET)
                if type(weight) is Raw:
                    return False
                trained += weight != 0
        return not self._flagged(tuple(roles), trained)


def _says_something(role: str, turn: Any) -> bool:
    """False where a rule could flag what a turn says, or does not say."""
    content = getattr(turn, "content", UNSET)
    if role not in TEXT_ROLES and role != "assistant":
        if type(content) is Raw:
            return bytes(content)[:1] == b'"'
        return type(content) is not list
    if type(content) is str and content and not content.isspace():
        return True
    if type(content) is list:
        return any(map(_is_text, content))
    return content is UNSET or (role == "assistant" and type(content) is not Raw and _calls(turn))


def _calls(turn: Any) -> bool:
    """True where a reply calls a tool for certain."""
    calls = getattr(turn, "tool_calls", None)
    if type(calls) is Raw:
        raw = bytes(calls)
        return raw[:1] == b"[" and b"{" in raw
    return type(calls) is list and bool(calls)


def _is_text(part: Any) -> bool:
    text = getattr(part, "text", None)
    return type(text) is str and bool(text) and not text.isspace()


def _plain_quotes(acceptor: Acceptor) -> Mapping[type, int]:
    """Quotes of each kind of turn that has what it must have and a text, where all of it is strings."""
    plain: dict[type, int] = {}
    for made, shape in acceptor.shapes.items():
        fields: tuple[str, ...] = made.__struct_fields__  # type: ignore[attr-defined]
        if "messages" in fields and shape.conditions:
            return {}  # what a row has to have depends on the row
        names = {*shape.required, "content"}
        if (
            made.__struct_config__.tag_field == "role"  # type: ignore[attr-defined]
            and "content" in fields
            and all(kind is str for name, kind in shape.required.items() if name != "content")
            and all(condition.names <= names for condition in shape.conditions)
            and all(opaque.name not in names for opaque in shape.opaque)
        ):
            plain[made] = 4 + 4 * len(names)
    return plain
