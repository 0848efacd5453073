"""Tells plain chats, lines of nothing but turns with a role and a text, as fast as they can be decoded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Union

import msgspec
from msgspec import defstruct

from ftdata.operators.reserved import Hint
from ftdata.readers.json_line import count_escaped_quotes

#: The roles of a plain chat, each by its own type: all that such chats differ in but their texts.
Roles = tuple[type, ...]

_ROLES = ("system", "developer", "user", "assistant")
_OF_RECORD = 2  # quotes of the key `messages`
_OF_TURN = 8  # of `role`, `content`, and both values


class PlainChats:
    """Decodes lines of `{"messages": [{"role": ..., "content": ...}, ...]}` of at most `longest` bytes.

    A line that is given as one is good JSON, no key is given twice (its quotes are counted), and no text is
    blank. A line that has the hint, where one is given, is none.
    """

    def __init__(self, longest: int, hint: Hint | None) -> None:
        turns = tuple(_turn(role) for role in _ROLES)
        chat = defstruct(
            "Chat",
            [("messages", list[Union[turns]])],  # type: ignore[valid-type]  # noqa: UP007
            forbid_unknown_fields=True,
            gc=False,
        )
        self._decode: Callable[[bytes], Any] = msgspec.json.Decoder(chat).decode
        self._longest = longest
        self._hint = hint

    def others(
        self, items: Sequence[object], known: Mapping[Roles, Any], counts: dict[Any, int]
    ) -> list[tuple[int, Roles | None]]:
        """Counts the plain chats whose roles are known, and gives the positions of all other items.

        `known` are the verdicts by which they are counted. Plain chats of other roles are given with these.
        """
        decode, verdict_of, hint, longest = self._decode, known.get, self._hint, self._longest
        left: list[tuple[int, Roles | None]] = []
        for position, line in enumerate(items):
            roles = None
            if type(line) is bytes and len(line) <= longest:
                try:
                    turns = decode(line).messages
                except (ValueError, RecursionError):
                    pass
                else:
                    needed = _OF_RECORD + _OF_TURN * len(turns)
                    quotes = line.count(b'"')
                    if (quotes == needed or quotes - count_escaped_quotes(line) == needed) and (
                        hint is None or not hint(line)
                    ):
                        for turn in turns:
                            content = turn.content
                            if not content or content.isspace():
                                break
                        else:
                            roles = tuple(map(type, turns))
                            verdict = verdict_of(roles)
                            if verdict is not None:
                                counts[verdict] += 1
                                continue
            left.append((position, roles))
        return left


def _turn(role: str) -> type:
    return defstruct(
        f"Turn{role.title()}",
        [("content", str)],
        tag_field="role",
        tag=role,
        forbid_unknown_fields=True,
        gc=False,
    )
