"""Where records of a target hold their turns, and under which names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ftdata.model.tool_calls import CALLS_IN_TEXT

_MESSAGES = "/messages"
_ANSWERS = "/answers"
_BESIDE = ("/tools", "/functions", "/parallel_tool_calls")


class Answers(list[list[Any]]):
    """What answers the turns of a chat: lists of messages. Of a type that no row has by itself."""


@dataclass(frozen=True)
class TurnView:
    """Shows a record as rules on turns see one: a list `messages` of objects with `role` and `content`.

    `at` is a JSON Pointer to the list, of keys without `/` and `~`. `role` and `content` are the keys of a
    turn; `roles` are the target's own names of roles and what they are called elsewhere. `answers` are
    pointers to what answers these turns, each by itself: a list of turns, or a single one. `texts`: a row may
    have texts in these places instead, which are seen as a turn of the user and replies of the assistant.
    `calls` is the target's name of the role whose text is calls of tools, as JSON.
    """

    at: str = _MESSAGES
    role: str = "role"
    content: str = "content"
    roles: Mapping[str, str] = field(default_factory=dict)
    answers: Sequence[str] = ()
    texts: bool = False
    calls: str | None = None

    @property
    def moves(self) -> bool:
        """True where turns lie elsewhere or have other keys; False where only names of roles are added."""
        return (self.at, self.role, self.content) != (_MESSAGES, "role", "content")

    def chat_of(self, record: Any) -> dict[str, Any] | None:
        """Gives the record with its turns as messages, or None where there is no list of turns.

        What is declared beside the list, such as tools, is a key of the chat. Where the view has answers,
        `answers` are the lists of messages that were found there; one that is no turns is empty.
        """
        texts = self._texts_of(record)
        if texts is not None:
            said, *replies = texts
            answers = Answers([{"role": "assistant", "content": reply}] for reply in replies)
            return {**record, "messages": [{"role": "user", "content": said}], "answers": answers}
        holder = _found(record, self._holder)
        turns = _found(record, self.at)
        if not isinstance(holder, Mapping) or not isinstance(turns, (list, tuple)):
            return None
        chat = {**record, **holder, "messages": self._messages_of(turns)}
        if self.answers:
            chat["answers"] = Answers(
                self._messages_of(_found(record, place)) for place in self.answers
            )
        return chat

    def conversations(self, chat: dict[str, Any]) -> list[dict[str, Any]]:
        """Gives the turns of a chat with each of its answers; only the answers are trained on.

        Of a row of texts it gives records of prompt and completion.
        """
        if "answers" not in chat or not self.answers:
            return [chat]
        texts = self._texts_of(chat)
        if texts is not None:
            return [{"prompt": texts[0], "completion": reply} for reply in texts[1:]]
        prompt = [_untrained(turn) for turn in chat["messages"]]
        return [{**chat, "messages": [*prompt, *answer]} for answer in chat["answers"]]

    def whole(self, chat: dict[str, Any]) -> dict[str, Any]:
        """Gives the turns of a chat with all of its answers, each turn once.

        Of a row of texts it gives a record whose `completion` is the list of all answers.
        """
        parts = self.conversations(chat)
        if len(parts) == 1:
            return parts[0]
        if "completion" in parts[0] and self._texts_of(chat) is not None:
            return {**parts[0], "completion": [part["completion"] for part in parts]}
        behind = [turn for answer in chat["answers"][1:] for turn in answer]
        return {**chat, "messages": [*parts[0]["messages"], *behind]}

    def pointer_to(self, pointer: str, record: Any = None) -> str:
        """Leads a pointer into the chat to the same place in the record; where it has a text, to that."""
        if _is_below(pointer, _MESSAGES):
            return self._within(self.at, pointer[len(_MESSAGES) + 1 :], record)
        if self.answers and _is_below(pointer, _ANSWERS):
            number, _, rest = pointer[len(_ANSWERS) + 1 :].partition("/")
            return self._within(self.answers[int(number)], rest, record)
        if any(_is_below(pointer, beside) for beside in _BESIDE):
            return self._holder + pointer
        return pointer

    def place_of(self, pointer: str, record: Any, answer: int) -> str:
        """Leads a pointer into a conversation (see `conversations`) to the same place in the record.

        `answer` is the number of the conversation: what stands behind the turns is in the answer.
        """
        turns = _found(record, self.at)
        before = len(turns) if isinstance(turns, (list, tuple)) else int(isinstance(turns, str))
        index, slash, path = pointer[len(_MESSAGES) + 1 :].partition("/")
        if not self.answers or not pointer.startswith(f"{_MESSAGES}/") or int(index) < before:
            return self.pointer_to(pointer, record)
        return self._within(self.answers[answer], f"{int(index) - before}{slash}{path}", record)

    def _within(self, place: str, rest: str, record: Any) -> str:
        """A pointer to what is `index/key` in a list of turns, where there may be a single one, or a text."""
        index, slash, key = rest.partition("/")
        found = _found(record, place)
        if not index or isinstance(found, str):
            return place
        turn = place if isinstance(found, Mapping) else f"{place}/{index}"
        return f"{turn}{slash}{self._own(key)}"

    def _texts_of(self, record: Any) -> list[str] | None:
        """What is said, and the answers to it, where all of them are texts."""
        if not self.texts:
            return None
        found = [_found(record, place) for place in (self.at, *self.answers)]
        return found if all(isinstance(text, str) for text in found) else None

    @property
    def _holder(self) -> str:
        """The pointer to the object in which the list stands."""
        return self.at.rpartition("/")[0]

    def _own(self, path: str) -> str:
        key, slash, rest = path.partition("/")
        return {"role": self.role, "content": self.content}.get(key, key) + slash + rest

    def _messages_of(self, turns: Any) -> list[Any]:
        if isinstance(turns, Mapping):
            return [self._message_of(turns)]
        return (
            [self._message_of(turn) for turn in turns] if isinstance(turns, (list, tuple)) else []
        )

    def _message_of(self, turn: Any) -> Any:
        if not isinstance(turn, Mapping):
            return turn
        message = dict(turn)
        for ours, theirs in (("content", self.content), ("role", self.role)):
            if theirs != ours and theirs in turn:
                message[ours] = message.pop(theirs)
        role = message.get("role")
        if isinstance(role, str):
            if role == self.calls:
                message[CALLS_IN_TEXT] = True
            message["role"] = self.roles.get(role, role)
        return message


def _untrained(turn: Any) -> Any:
    is_reply = isinstance(turn, dict) and turn.get("role") == "assistant"
    return {**turn, "weight": 0} if is_reply else turn


def _found(record: Any, pointer: str) -> Any:
    """What a pointer leads to; None where it leads nowhere."""
    for key in pointer.split("/")[1:]:
        if isinstance(record, Mapping):
            record = record.get(key)
        elif isinstance(record, (list, tuple)) and key.isdecimal() and int(key) < len(record):
            record = record[int(key)]
        else:
            return None
    return record


def _is_below(pointer: str, place: str) -> bool:
    return f"{pointer}/".startswith(f"{place}/")
