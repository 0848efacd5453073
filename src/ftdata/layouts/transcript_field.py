"""One string field that holds a whole conversation: "user: ...\\nassistant: ...".

Names of the two sides other than User, Human, Assistant, AI and their like need --speaker NAME=ROLE.
"""

from __future__ import annotations

from typing import Any

from ftdata.layouts.cells import pointer_to
from ftdata.layouts.dialogue import is_dialogue, read_dialogue
from ftdata.layouts.names import lacks_keys
from ftdata.layouts.refusal import giving_faults
from ftdata.layouts.system import under_system
from ftdata.layouts.tools import add_tools, tool_keys
from ftdata.model import Example, Layout, LayoutOptions


def recognises(record: Any) -> bool:
    """True where exactly one string starts with a speaker and both sides speak in it."""
    return isinstance(record, dict) and len(_dialogues(record)) == 1


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example:
    """Gives the conversation that the string holds."""
    key = _key(record, options)
    if key is None or not isinstance(record[key], str):
        raise lacks_keys("transcript-field", ["a text of User: and Assistant: turns"], record)
    messages = read_dialogue(record[key], pointer_to(key), options)
    return add_tools({"messages": under_system(messages, record, options)}, record, options)


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:
    """The string, and the tools."""
    key = _key(record, options)
    return frozenset() if key is None else frozenset({key} | tool_keys(record, options))


def _key(record: Any, options: LayoutOptions) -> str | None:
    """The field that --map messages=KEY names, or the one that holds a conversation, or the only text."""
    if not isinstance(record, dict):
        return None
    chosen = options.columns.get("messages")
    if chosen is not None:
        return chosen if chosen in record else None
    keys = _dialogues(record) or [key for key, value in record.items() if isinstance(value, str)]
    return keys[0] if len(keys) == 1 else None


def _dialogues(record: dict[str, Any]) -> list[str]:
    return [key for key, value in record.items() if isinstance(value, str) and is_dialogue(value)]


LAYOUT = Layout(
    name="transcript-field",
    title="conversations in one string: user: ... assistant: ...",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
)
