"""What the rules need to know about a record, gathered in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from ftdata.model.images import Image, images_in
from ftdata.model.tool_calls import CALLS_IN_TEXT, holds_calls
from ftdata.model.tool_use import ToolUse, tool_use_of
from ftdata.model.turn_view import Answers


class Turns(NamedTuple):
    """What follows from the sequence of roles alone; remembered per distinct sequence."""

    roles: tuple[str, ...]
    distinct: frozenset[str]
    first: str | None  # the first role that is not system or developer
    last: str
    repeated: frozenset[str]  # roles that stand twice in a row
    followed: frozenset[tuple[str, str]]  # two different roles in a row, leaving system turns out
    late_system: bool  # a system turn that is neither the first nor the last turn
    assistants: int


class Facts(NamedTuple):
    """One conversation, as far as rules look at it."""

    turns: Turns
    trained: int  # assistant turns whose weight is not 0
    empty_assistant: bool  # an assistant turn that says and calls nothing
    empty_other: bool  # a system, developer or user turn without text
    #: Characters of the longest content, see `content_length`. A rule that is silent on some length has to
    #: be silent on every shorter one: what is certified in a hurry is only known not to be longer.
    longest_content: int
    tool_parts: bool  # a tool turn whose content is a list of parts, at least one
    same_answers: bool = False  # two answers to compare, and no difference between them
    tools: ToolUse | None = None  # None: nothing is declared, called or answered
    images: tuple[Image, ...] = ()
    only_refuses: bool = False  # an assistant turn that says nothing, or only in its key `refusal`


def facts_of(record: Any) -> Facts | None:
    """Gives the facts of a chat record, or None where it holds no conversation to judge.

    None unless `messages` is a non-empty list of objects with string roles: then the shape rules speak,
    and the turn rules keep silent.
    """
    messages = record.get("messages") if isinstance(record, dict) else None
    if not isinstance(messages, (list, tuple)) or not messages:
        return None
    roles: list[str] = []
    trained = 0
    empty_assistant = empty_other = tool_parts = only_refuses = False
    uses_tools = bool(record.get("tools") or record.get("functions"))
    longest = 0
    images: list[Image] = []
    for index, message in enumerate(messages):
        if not isinstance(message, dict):
            return None
        role = message.get("role")
        if not isinstance(role, str):
            return None
        roles.append(role)
        content = message.get("content")
        if isinstance(content, str):
            length = len(content)
        else:
            length = content_length(content)
            images += images_in(index, content)
            uses_tools = uses_tools or holds_calls(content)
        if length > longest:
            longest = length
        if role == "assistant":
            trained += is_trained(message)
            if not empty_assistant and is_empty(message):
                empty_assistant = True
            if message.get("refusal") and is_empty(message, refusals=False):
                only_refuses = True
            if "tool_calls" in message or "function_call" in message or CALLS_IN_TEXT in message:
                uses_tools = True
        elif role in TEXT_ROLES:
            if not empty_other and is_empty(message):
                empty_other = True
        elif role == "tool" or role == "function":
            uses_tools = True
            if role == "tool" and isinstance(content, (list, tuple)) and content:
                tool_parts = True
    return Facts(
        turns_of(tuple(roles)),
        trained,
        empty_assistant or any(True for _ in empty_answers(record)),
        empty_other,
        longest,
        tool_parts,
        answers_alike(record),
        tool_use_of(record) if uses_tools else None,
        tuple(images),
        only_refuses or any(True for _ in empty_answers(record, refusals=False)),
    )


#: Roles whose turn means nothing without text; an empty tool result is legal.
TEXT_ROLES = frozenset({"system", "developer", "user"})

#: Only sequences of these are remembered, and no longer ones: what is remembered must stay small.
_KNOWN_ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})
_LONGEST_REMEMBERED = 64


def turns_of(roles: tuple[str, ...]) -> Turns:
    """Gives what follows from the roles alone."""
    if len(roles) <= _LONGEST_REMEMBERED and _KNOWN_ROLES.issuperset(roles):
        return _remembered(roles)
    return _gather(roles)


@lru_cache(maxsize=4096)
def _remembered(roles: tuple[str, ...]) -> Turns:
    return _gather(roles)


def _gather(roles: tuple[str, ...]) -> Turns:
    spoken = [role for role in roles if role not in ("system", "developer")]
    return Turns(
        roles=roles,
        distinct=frozenset(roles),
        first=spoken[0] if spoken else None,
        last=roles[-1],
        repeated=frozenset(before for before, after in pairwise(roles) if before == after),
        followed=frozenset(pair for pair in pairwise(spoken) if pair[0] != pair[1]),
        late_system="system" in roles[1:-1],
        assistants=roles.count("assistant"),
    )


def empty_answers(record: Mapping[str, Any], *, refusals: bool = True) -> Iterator[tuple[int, int]]:
    """Where the replies are that say nothing, among the answers to the turns: which answer, which turn.

    `refusals`: see `is_empty`.
    """
    answers = record.get("answers")
    for number, answer in enumerate(answers if isinstance(answers, Answers) else ()):
        for index, turn in enumerate(answer):
            if not isinstance(turn, dict) or turn.get("role") != "assistant":
                continue
            if is_empty(turn, refusals=refusals):
                yield number, index


def answers_alike(record: Mapping[str, Any]) -> bool:
    """True where the answers of a pair (see `TurnView.answers`) are the same."""
    answers = record.get("answers")
    if not isinstance(answers, Answers) or len(answers) != 2 or not answers[0]:
        return False
    try:
        return bool(answers[0] == answers[1])
    except RecursionError:  # nested deeper than any answer is
        return False


def is_trained(message: Mapping[str, Any]) -> bool:
    """True unless the weight is the number 0; one of the wrong type is for the shape rules."""
    weight = message.get("weight", 1)
    return weight != 0 or isinstance(weight, bool)


def is_empty(message: Mapping[str, Any], *, refusals: bool = True) -> bool:
    """True where a turn holds neither text, nor a part, nor a call, nor a refusal.

    An absent content, an empty list of parts, a null outside an assistant turn and a content of the
    wrong type are not empty: the shape rules speak of them. `refusals` False: nobody reads the key
    `refusal`, so that it says nothing.
    """
    if message.get("tool_calls") or message.get("function_call"):
        return False
    if refusals and message.get("refusal"):
        return False
    content = message.get("content")
    if content is None:
        return "content" in message and message.get("role") == "assistant"
    if isinstance(content, str):
        return not content or content.isspace()
    return (
        isinstance(content, (list, tuple))
        and bool(content)
        and all(_is_blank_part(part) for part in content)
    )


def _is_blank_part(part: Any) -> bool:
    text = part.get("text") if isinstance(part, dict) and part.get("type") == "text" else None
    return isinstance(text, str) and (not text or text.isspace())


def content_length(content: Any) -> int:
    """Characters of a content: of the text, or of all text parts together; 0 for all else."""
    if isinstance(content, str):
        return len(content)
    if not isinstance(content, (list, tuple)):
        return 0
    texts = (part.get("text") for part in content if isinstance(part, dict))
    return sum(len(text) for text in texts if isinstance(text, str))
