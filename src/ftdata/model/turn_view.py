"""Where records of a target hold their turns, and under which names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_MESSAGES = "/messages"


@dataclass(frozen=True)
class TurnView:
    """Shows a record as rules on turns see one: a list `messages` of objects with `role` and `content`.

    `at` is a JSON Pointer to the list, of keys without `/` and `~`. `role` and `content` are the keys of a
    turn; `roles` are the target's own names of roles and what they are called elsewhere.
    """

    at: str = _MESSAGES
    role: str = "role"
    content: str = "content"
    roles: Mapping[str, str] = field(default_factory=dict)

    @property
    def moves(self) -> bool:
        """True where turns lie elsewhere or have other keys; False where only names of roles are added."""
        return (self.at, self.role, self.content) != (_MESSAGES, "role", "content")

    def chat_of(self, record: Any) -> dict[str, Any] | None:
        """Gives the record with its turns as messages, or None where there is no list of turns."""
        turns = record
        for key in self.at.split("/")[1:]:
            turns = turns.get(key) if isinstance(turns, Mapping) else None
        if not isinstance(turns, (list, tuple)):
            return None
        return {**record, "messages": [self._message_of(turn) for turn in turns]}

    def pointer_to(self, pointer: str) -> str:
        """Leads a pointer into the chat to the same place in the record."""
        if not f"{pointer}/".startswith(f"{_MESSAGES}/"):
            return pointer
        index, slash, key = pointer[len(_MESSAGES) + 1 :].partition("/")
        own = {"role": self.role, "content": self.content}.get(key, key)
        return f"{self.at}/{index}{slash}{own}" if index else self.at

    def _message_of(self, turn: Any) -> Any:
        if not isinstance(turn, Mapping):
            return turn
        message = dict(turn)
        for ours, theirs in (("content", self.content), ("role", self.role)):
            if theirs != ours and theirs in turn:
                message[ours] = message.pop(theirs)
        role = message.get("role")
        if isinstance(role, str):
            message["role"] = self.roles.get(role, role)
        return message
