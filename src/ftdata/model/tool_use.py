"""Which tools a conversation declares, calls and answers, gathered in one pass."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from ftdata.model.tool_calls import Answer, Call, answers_of, calls_of
from ftdata.model.tool_definitions import Definitions, definitions_of


class ToolUse(NamedTuple):
    """All there is of tools in one conversation, and what is odd about it.

    A call waits for its answer until a turn comes that is none; the last calls need none.
    """

    definitions: Definitions | None
    calls: tuple[Call, ...]
    calls_without_id: tuple[Call, ...]
    answers_without_id: tuple[Answer, ...]
    repeated: tuple[Call, ...]  # the id is that of an earlier call that waits, too
    strays: tuple[Answer, ...]  # no call waits for it
    unanswered: tuple[Call, ...]
    disordered: tuple[Answer, ...]  # it comes before the answer to an earlier call
    legacy: tuple[str, ...]  # where the older form stands: functions, function_call, role function


#: A record whose tools are known, while rules are asked about it one after another.
_at_hand: tuple[Mapping[str, Any], ToolUse] | None = None


def keep_at_hand(known: tuple[Mapping[str, Any], ToolUse] | None) -> None:
    """Lets `tool_use_of` give what is known of a record, until it is told None: records can change."""
    global _at_hand
    _at_hand = known


def tool_use_of(record: Mapping[str, Any]) -> ToolUse:
    """Gathers the tools of a record whose `messages` are objects with string roles."""
    known = _at_hand
    if known is not None and known[0] is record:
        return known[1]
    legacy = ["/functions"] if record.get("functions") else []
    return tool_use_in(record["messages"], definitions_of(record), legacy)


def tool_use_in(
    messages: Iterable[Mapping[str, Any]], definitions: Definitions | None, legacy: Iterable[str]
) -> ToolUse:
    """The same of turns alone, and of what was found beside them."""
    walk = _Walk()
    legacy = [*legacy]
    for index, message in enumerate(messages):
        answers = answers_of(index, message)
        for answer in answers:
            walk.answer(answer)
            if answer.role == "function":
                legacy.append(answer.pointer)
        if answers:
            continue
        walk.close()
        if message["role"] == "assistant":
            for call in calls_of(index, message):
                walk.call(call)
                if call.position is None:
                    legacy.append(call.pointer)
    walk.close(at_end=True)
    return ToolUse(
        definitions,
        tuple(walk.calls),
        tuple(
            call
            for call in walk.calls
            if call.id is None and call.position is not None and call.within is None
        ),
        tuple(walk.answers_without_id),
        tuple(walk.repeated),
        tuple(walk.strays),
        tuple(walk.unanswered),
        tuple(walk.disordered),
        tuple(legacy),
    )


class _Walk:
    """Goes along the turns, in linear time however many calls wait: which do, and what was odd."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.answers_without_id: list[Answer] = []
        self.repeated: list[Call] = []
        self.strays: list[Answer] = []
        self.unanswered: list[Call] = []
        self.disordered: list[Answer] = []
        self._waiting: OrderedDict[int, Call] = OrderedDict()
        self._by_key: dict[Any, deque[int]] = {}  # of those that wait, and of some that did
        self._late: set[str] = set()  # ids of calls whose answer did not come in time
        self._answered: list[tuple[Call, Answer]] = []
        self._lost = 0  # answers that belong to a waiting call, but say so of another

    def call(self, call: Call) -> None:
        number = len(self.calls)
        for key in _keys_of(call):
            same = self._by_key.setdefault(key, deque())
            if call.id is not None and same and key == call.id:
                self.repeated.append(call)
            same.append(number)
        self.calls.append(call)
        self._waiting[number] = call

    def answer(self, answer: Answer) -> None:
        """An answer without an id belongs to the oldest call; so does one to a call without an id."""
        if answer.by_name:
            self._answer_by_name(answer)
            return
        if isinstance(answer.to, str) and answer.to:
            call = self._take(answer.to) or self._take(None)
        elif self._waiting:
            self.answers_without_id.append(answer)
            _, call = self._waiting.popitem(last=False)
        else:
            call = None
        if call is None:
            self._stray(answer)
        else:
            self._answered.append((call, answer))

    def _answer_by_name(self, answer: Answer) -> None:
        call = self._take(("function", answer.to)) if isinstance(answer.to, str) else None
        if call is None:
            self._stray(answer)
        elif answer.within:
            self._answered.append((call, answer))

    def close(self, *, at_end: bool = False) -> None:
        """A turn that is no answer: what was called before waits no longer."""
        if not self._by_key:
            return
        if self._waiting and not at_end:
            rest = [*self._waiting.values()][self._lost :]
            self.unanswered += rest
            self._late.update(call.id for call in rest if call.id is not None)
        for (before, answer), (after, _) in pairwise(self._answered):
            if (before.position or 0) > (after.position or 0):
                self.disordered.append(answer)
        self._waiting.clear()
        self._by_key.clear()
        self._answered.clear()
        self._lost = 0

    def _take(self, key: Any) -> Call | None:
        same = self._by_key.get(key)
        while same:
            call = self._waiting.pop(same.popleft(), None)
            if call is not None:
                return call
        return None

    def _stray(self, answer: Answer) -> None:
        if isinstance(answer.to, str) and answer.to in self._late:
            self._late.discard(answer.to)
            return
        self.strays.append(answer)
        self._lost += bool(self._waiting)


def _keys_of(call: Call) -> list[Any]:
    """What an answer says to belong to the call: its id; and its name, where answers have names."""
    name = ("function", call.name if isinstance(call.name, str) else None)
    if call.within is None:
        return [call.id if call.position is not None else name]
    return [name] if call.id is None else [call.id, name]
