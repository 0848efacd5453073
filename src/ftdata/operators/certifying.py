"""Certifies good lines without a look at their parts: the fast half of `judging`.

A line is CLEAN where all of this is certain, so that judging it would find nothing:

* its shape: the acceptor, made from the target's schema, decodes it (see `rules/shape/acceptor.py`);
* its text: nothing was left out when it was decoded, such as the first of two equal keys. What is left out
  has a key, and a key has two quotes; so the quotes of the line are counted, without those that are escaped
  inside of strings, and compared with those that the keys and strings need which were decoded. Where it is
  not known how many these are, what was decoded is written down again and its quotes are counted; a line in
  which a quote inside a string is written as \\u0022 could deceive that, and is never certain. Numbers are
  only decoded where a double is exact;
* its turns: no rule flags their roles, and no content is what a rule could flag: none is blank, and the
  line is shorter than every limit;
* its tools: no rule flags what is declared, called and answered (see `tool_parts`);
* its images: where rules look at them there are none;
* its tokens: a line never has more of them than bytes.

Whatever is not certain goes the slow way, which is right for every line. A law test holds that both ways
give the same report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Final

import msgspec
from msgspec import UNSET, Raw

from ftdata.model import TEXT_ROLES
from ftdata.operators.parts import PartChecker
from ftdata.operators.tool_parts import ANSWERING, ToolChecker, ToolsFlagged
from ftdata.readers.json_line import count_escaped_quotes
from ftdata.rules.shape.acceptor import Acceptor


class Standing(Enum):
    """What is certain about a line."""

    CLEAN = "judging it would find nothing"
    EXACT = "it is JSON without a fault, orjson reads it exactly, and it fits the schema"
    FITS = "if it is JSON, it fits the schema"
    UNKNOWN = "nothing"


CLEAN: Final = Standing.CLEAN
EXACT: Final = Standing.EXACT
FITS: Final = Standing.FITS
UNKNOWN: Final = Standing.UNKNOWN

#: (roles, how many replies are trained) -> whether any rule flags turns of which no content is odd.
Flagged = Callable[["tuple[str, ...]", int], bool]

# Sequences of roles are remembered, if they are not too long: what is remembered must stay small.
_REMEMBERED = 1024
_LONGEST_REMEMBERED = 256


class Certifier:
    """Tells good lines from all others, for one target and one choice of rules.

    `flagged` judges sequences of roles; a line longer than `longest` bytes is never clean. `only_texts`: no
    turn is plain that has more than a role and a text. `filled`: keys of a row whose text, if there is one,
    is not blank in a clean line. `tools_flagged` judges tools; None: nothing does. `images_judged`: a line
    with a part that is no text is never clean.
    """

    def __init__(
        self,
        acceptor: Acceptor,
        flagged: Flagged,
        longest: int,
        *,
        only_texts: bool = False,
        filled: frozenset[str] = frozenset(),
        tools_flagged: ToolsFlagged | None = None,
        images_judged: bool = False,
    ) -> None:
        self._decode = acceptor.decode
        self._encode = msgspec.json.Encoder().encode
        self._hold = PartChecker(acceptor).hold
        self.roles = _turn_roles(acceptor)
        may_be_plain = {
            made: role
            for made, role in self.roles.items()
            if tools_flagged is None or role not in ANSWERING
        }
        self._plain = _plain_quotes(acceptor, may_be_plain, only_texts=only_texts)
        self._tools = None if tools_flagged is None else ToolChecker(self.roles, tools_flagged)
        self._weighted = {
            made
            for made, role in self.roles.items()
            if role == "assistant" and "weight" in _fields_of(made)
        }
        self._have_turns = {made for made in acceptor.shapes if "messages" in _fields_of(made)}
        self._filled = filled
        self._images_judged = images_judged
        self._judge_roles = flagged
        self._longest = longest
        self._verdicts: dict[tuple[type, ...], int] = {}
        self._flagged: dict[tuple[tuple[str, ...], int], bool] = {}

    def uncertain(
        self,
        items: Sequence[object],
        plain: list[list[Any]] | None = None,
        clean: list[int] | None = None,
    ) -> list[tuple[int, Standing]]:
        """Gives the positions of all items that are not clean lines, in order, and their standing.

        One loop without calls for plain lines, whose turns have a role and a text and mostly no more. To
        `plain`, where it is given, the turns of each of them are added; other clean lines are then given
        with all the rest. To `clean`, where it is given, the positions of clean lines are added, but not of
        plain ones of which one with turns of the same kinds was clean since `forget` was called.
        """
        decode, verdict_of, longest = self._decode, self._verdicts.get, self._longest
        found: list[tuple[int, Standing]] = []
        for position, line in enumerate(items):
            row = None
            quotes = 0
            try:
                if type(line) is bytes:
                    row = decode(line)
                    quotes = line.count(b'"')
                    turns = row.messages
                    needed = verdict_of(tuple(map(type, turns)))
                    # As many quotes as roles and texts alone need: no other key is there, and none twice.
                    if (
                        quotes == needed
                        or (needed and quotes - count_escaped_quotes(line) == needed)
                    ) and len(line) <= longest:
                        for turn in turns:
                            content = turn.content
                            if not content or content.isspace():
                                break
                        else:
                            if plain is not None:
                                plain.append(turns)
                            continue
            except (ValueError, RecursionError, AttributeError, TypeError):
                pass  # it was not decoded; or it has no turns; or one with a content that is no text
            standing = UNKNOWN if row is None else self._standing_of(row, line, quotes)  # type: ignore[arg-type]
            if standing is not CLEAN or plain is not None:
                found.append((position, standing))
            elif clean is not None:
                clean.append(position)
        return found

    def forget(self) -> None:
        """Forgets which kinds of turns plain lines have, so that one of each is not taken for plain."""
        self._verdicts.clear()

    def _standing_of(self, row: Any, line: bytes, quotes: int) -> Standing:
        if not self._hold(row):
            return UNKNOWN
        if quotes != self._encode(row).count(b'"') or b"\\u0022" in line:
            return FITS
        if len(line) > self._longest or not self._is_clear(row, line, quotes):
            return EXACT
        return CLEAN if self._tools is None or not self._tools.are_flagged(row) else EXACT

    def _learn(self, turns: list[Any], roles: tuple[str, ...], quotes: int) -> None:
        """Remembers how many quotes a row of such turns has that has no other keys, if this is one.

        Its turns are not flagged; `quotes` are those around its keys and strings.
        """
        plain = self._plain
        kinds = tuple(map(type, turns))
        if all(kind in plain for kind in kinds):
            needed = 2 + sum(plain[kind] for kind in kinds)
            if quotes == needed:
                _remember(self._verdicts, kinds, needed, len(roles))

    def _is_clear(self, row: Any, line: bytes, quotes: int) -> bool:
        """True where no rule flags the turns, if there are any, nor a text beside them."""
        for key in self._filled:
            text = getattr(row, key, None)  # None: not decoded, so it is not known
            if text is not UNSET and (type(text) is not str or not text or text.isspace()):
                return False
        if type(row) not in self._have_turns:
            return True
        turns = row.messages
        if type(turns) is not list or not turns:
            return False
        roles = tuple([self.roles.get(type(turn), "") for turn in turns])
        trained = self._count_trained(roles, turns)
        if "" in roles or self._is_flagged(roles, trained):
            return False
        if trained == roles.count("assistant"):
            self._learn(turns, roles, quotes - count_escaped_quotes(line))
        for role, turn in zip(roles, turns, strict=True):
            content = turn.content
            if type(content) is str and content and not content.isspace():
                continue
            if not _may_be_silent(role, turn, content):
                return False
            if self._images_judged and type(content) is list and not all(map(_is_text, content)):
                return False
        return True

    def _count_trained(self, roles: tuple[str, ...], turns: list[Any]) -> int:
        """Replies whose weight is not 0."""
        weighted = self._weighted
        untrained = [turn for turn in turns if type(turn) in weighted and turn.weight == 0]
        return roles.count("assistant") - len(untrained)

    def _is_flagged(self, roles: tuple[str, ...], trained: int) -> bool:
        flagged = self._flagged.get((roles, trained))
        if flagged is None:
            flagged = self._judge_roles(roles, trained)
            _remember(self._flagged, (roles, trained), flagged, len(roles))
        return flagged


def _remember(memory: dict[Any, Any], key: Any, value: Any, length: int) -> None:
    if length <= _LONGEST_REMEMBERED:
        if len(memory) >= _REMEMBERED:
            memory.clear()
        memory[key] = value


def _may_be_silent(role: str, turn: Any, content: Any) -> bool:
    """True where no rule could flag a content that is not simply a text."""
    if role not in TEXT_ROLES and role != "assistant":
        if type(content) is Raw:
            return bytes(content)[:1] == b'"'
        return type(content) is not list
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
    """True for a part that says something; one of two kinds at once is none."""
    text = getattr(part, "text", None)
    if type(text) is not str or not text or text.isspace():
        return False
    kind = type(part).__struct_config__.tag or getattr(part, "type", None)
    return bool(kind == "text")


def _fields_of(made: type) -> tuple[str, ...]:
    fields: tuple[str, ...] = made.__struct_fields__  # type: ignore[attr-defined]
    return fields


def _turn_roles(acceptor: Acceptor) -> dict[type, str]:
    """The role of each class of turns that has a content, and no weight or one that is a number."""
    return {
        made: shape.tag
        for made, shape in acceptor.shapes.items()
        if shape.tag is not None
        and made.__struct_config__.tag_field == "role"  # type: ignore[attr-defined]
        and "content" in _fields_of(made)
        and all(opaque.name != "weight" for opaque in shape.opaque)
    }


def _plain_quotes(
    acceptor: Acceptor, turns: Mapping[type, str], *, only_texts: bool
) -> dict[type, int]:
    """Quotes of each kind of turn that has what it must have and a text, where all of it is strings."""
    shapes = acceptor.shapes
    if any("messages" in _fields_of(made) and shapes[made].conditions for made in shapes):
        return {}  # what a row must have depends on the row
    plain: dict[type, int] = {}
    for made in turns:
        shape = shapes[made]
        names = {*shape.required, "content"}
        if only_texts and len(names) > 1:
            continue
        if (
            all(kind is str for name, kind in shape.required.items() if name != "content")
            and all(condition.names <= names for condition in shape.conditions)
            and all(opaque.name not in names for opaque in shape.opaque)
        ):
            plain[made] = 4 + 4 * len(names)
    return plain
