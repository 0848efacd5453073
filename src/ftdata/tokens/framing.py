"""Record -> how many tokens it has, as billed for training."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from ftdata.catalog.framing_catalog import Framing, framing_named
from ftdata.tokens.images import NO_IMAGES, Images
from ftdata.tokens.tools import declarations, declared_functions
from ftdata.tokens.turns import Count, turns


class RowTokens(NamedTuple):
    """The tokens of one row. Those of its images are in none of the counts."""

    billed: int  # what one epoch of training is charged for
    cookbook: int  # the cookbook's estimate, never less than `billed`
    trained: int  # tokens of the answers and calls that training learns from
    images: Images
    tools: int  # tokens of the tool definitions; they are part of `billed` and `cookbook`
    head: int  # tokens before the first trained one; of no meaning where none is trained
    roles: tuple[tuple[str, int], ...] = ()  # of `billed`: what turns of each role have


_ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})
_NOTHING = RowTokens(0, 0, 0, NO_IMAGES, 0, 0)


def row_tokens(
    record: Any, count: Count, *, framing: Framing | None = None, declared: int | None = None
) -> RowTokens:
    """Counts a chat row, a text row, or a row of prompt and completion; any other has no tokens.

    A completion may be a list: of several answers to the prompt.

    A chat row has `row` tokens, and for each message `message` and its text (see catalog/framing/). Rows
    of the two other kinds have no framing: their strings are counted. `declared`: what `declared_tokens`
    gives of the record, where it is known.
    """
    if not isinstance(record, dict):
        return _NOTHING
    messages = record.get("messages")
    if not isinstance(messages, (list, tuple)):
        return _plain_tokens(record, count)
    framing = framing or framing_named()
    tools = tools_tokens(record, count, framing, declared=declared)
    billed = framing.row + tools
    unbilled = framing.cookbook_row - framing.row
    trained = head = 0
    images = NO_IMAGES
    roles: dict[str, int] = {}
    for message, turn in zip(messages, turns(messages, count, framing), strict=True):
        if turn.billed:
            role = role_of(message)
            roles[role] = roles.get(role, 0) + turn.billed
        if turn.trained:
            head = head if trained else billed + turn.opening
            trained += turn.said
        billed += turn.billed
        unbilled += turn.unbilled
        if turn.images is not NO_IMAGES:
            images = images.plus(turn.images)
    return RowTokens(billed, billed + unbilled, trained, images, tools, head, tuple(roles.items()))


def role_of(message: Mapping[str, Any]) -> str:
    """The role that a turn's tokens are summed under: one of the known ones, or "other"."""
    role: str = message["role"]
    return role if role in _ROLES else "other"


def declared_tokens(record: dict[str, Any], count: Count) -> int:
    """Counts the declarations of a record's tools; 0 where it has none."""
    functions = declared_functions(record)
    return _declared_tokens(functions, count) if functions else 0


def tools_tokens(
    record: dict[str, Any], count: Count, framing: Framing, *, declared: int | None = None
) -> int:
    """Counts the tool definitions of a chat row, with what stands around them."""
    if declared is None:
        declared = declared_tokens(record, count)
    if not declared:
        return 0
    tokens = framing.tools + declared
    for message in record["messages"]:
        if isinstance(message, dict) and message.get("role") == "system":
            text = message.get("content")
            newline = count(f"{text}\n") - count(text) if isinstance(text, str) else 1
            return tokens + framing.tools_with_system + newline
    return tokens


#: Tokens of the definitions seen last: the rows of a file mostly carry the same ones.
_KNOWN: dict[tuple[Count, bytes], int] = {}
_MOST_KNOWN = 256


def _declared_tokens(functions: list[dict[str, Any]], count: Count) -> int:
    try:
        # Not JSON: that would write None and NaN alike.
        key = (count, blake2b(marshal.dumps(functions, 0), digest_size=16).digest())
    except ValueError:
        return count(declarations(functions))
    tokens = _KNOWN.get(key)
    if tokens is None:
        tokens = count(declarations(functions))
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[key] = tokens
    return tokens


def _plain_tokens(record: dict[str, Any], count: Count) -> RowTokens:
    text, prompt, completion = (record.get(key) for key in ("text", "prompt", "completion"))
    answers = completion if isinstance(completion, list) else [completion]
    if isinstance(prompt, str) and answers and all(isinstance(text, str) for text in answers):
        head, trained = count(prompt), sum(map(count, answers))
    elif isinstance(text, str):
        head, trained = 0, count(text)
    else:
        return _NOTHING
    return RowTokens(head + trained, head + trained, trained, NO_IMAGES, 0, head)
