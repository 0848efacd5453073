"""What the rules need to know about a record, gathered in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple


class Turns(NamedTuple):
    """What follows from the sequence of roles alone; remembered per distinct sequence."""

    roles: tuple[str, ...]
    first: str  # the first role that is not system or developer; "" when there is none
    last: str
    repeated: frozenset[str]  # roles that stand twice in a row
    late_system: bool  # a system turn anywhere but first
    assistants: int


class Facts(NamedTuple):
    """One conversation, as far as rules look at it."""

    turns: Turns
    trained: int  # assistant turns whose weight is not 0
    empty_assistant: bool  # an assistant turn that says and calls nothing
    empty_other: bool  # a system, developer or user turn without text
    longest_content: int  # characters of the longest string content


def facts_of(record: Any) -> Facts | None:
    """Gives the facts of a chat record, or None where it holds no conversation to judge.

    None unless `messages` is a non-empty list of objects with string roles: then the shape rules speak,
    and the turn rules keep silent.
    """
    messages = record.get("messages") if isinstance(record, dict) else None
    if not isinstance(messages, list) or not messages:
        return None
    roles: list[str] = []
    trained = 0
    empty_assistant = empty_other = False
    longest = 0
    for message in messages:
        if not isinstance(message, dict):
            return None
        role = message.get("role")
        if not isinstance(role, str):
            return None
        roles.append(role)
        content = message.get("content")
        if isinstance(content, str) and len(content) > longest:
            longest = len(content)
        if role == "assistant":
            if message.get("weight", 1) != 0:
                trained += 1
            if not empty_assistant and is_empty(message):
                empty_assistant = True
        elif role in TEXT_ROLES and not empty_other and is_empty(message):
            empty_other = True
    return Facts(turns_of(tuple(roles)), trained, empty_assistant, empty_other, longest)


#: Roles whose turn means nothing without text; an empty tool result is legal.
TEXT_ROLES = frozenset({"system", "developer", "user"})


@lru_cache(maxsize=8192)
def turns_of(roles: tuple[str, ...]) -> Turns:
    """Gives what follows from the roles alone."""
    spoken = [role for role in roles if role not in ("system", "developer")]
    return Turns(
        roles=roles,
        first=spoken[0] if spoken else "",
        last=roles[-1],
        repeated=frozenset(before for before, after in pairwise(roles) if before == after),
        late_system="system" in roles[1:],
        assistants=roles.count("assistant"),
    )


def is_empty(message: Mapping[str, Any]) -> bool:
    """True where a turn holds neither text, nor a part, nor a call, nor a refusal.

    A content of the wrong type is not empty: the shape rules speak of it.
    """
    if message.get("tool_calls") or message.get("function_call") or message.get("refusal"):
        return False
    content = message.get("content")
    if content is None:
        return "content" in message
    if isinstance(content, str):
        return not content or content.isspace()
    return isinstance(content, list) and all(
        isinstance(part, dict)
        and part.get("type") == "text"
        and isinstance(part.get("text"), str)
        and not part["text"].strip()
        for part in content
    )
