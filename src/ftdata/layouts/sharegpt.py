"""ShareGPT: `conversations` of from and value, and its many relatives.

The conversation may stand under any one key, and its turns may be written as from/value, role/value,
speaker/text and so on. A `function_call` turn becomes an assistant's turn with tool calls, and the
`observation` after it the tool's answer. `system` and `tools` may stand beside the conversation.
"""

from __future__ import annotations

from typing import Any

from ftdata.layouts.cells import pointer_to
from ftdata.layouts.conversations import conversation_key, require_key, turns_of
from ftdata.layouts.refusal import giving_faults
from ftdata.layouts.system import system_turn, under_system
from ftdata.layouts.tools import add_tools, tool_keys
from ftdata.layouts.turns import SPEAKER_KEYS, TEXT_KEYS, read_turns
from ftdata.model import Example, Layout, LayoutOptions

KEYS = ("conversations", "conversation", "dialogue", "dialog")


def recognises(record: Any) -> bool:
    """True where one key holds turns that are not role and content."""
    if not isinstance(record, dict):
        return False
    key = conversation_key(record, KEYS)
    turns = turns_of(record[key]) if key is not None else None
    if turns is None:
        return key is not None
    usual = "role" in turns[0] and "value" not in turns[0]
    return not usual and any(key in turns[0] for key in TEXT_KEYS)


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example:
    """Gives the conversation, after the system text that stands beside it, with the tools."""
    record, key = require_key(record, "sharegpt", KEYS, options)
    beside = options.columns.get("system", "system")
    messages = read_turns(record[key], pointer_to(key), options)
    if not _has_system(record[key]):
        messages = [*system_turn(record.get(beside), pointer_to(beside)), *messages]
    return add_tools({"messages": under_system(messages, record, options)}, record, options)


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:
    """The conversation, the system text and the tools."""
    if not isinstance(record, dict):
        return frozenset()
    key = options.columns.get("messages") or conversation_key(record, KEYS)
    keys = {key or KEYS[0]} & record.keys()
    if not _has_system(record.get(key or KEYS[0])):
        keys |= {options.columns.get("system", "system")} & record.keys()
    return frozenset(keys | tool_keys(record, options))


def _has_system(turns: Any) -> bool:
    """True where the conversation brings its own system turn, which goes before the one beside it."""
    found = turns_of(turns)
    return found is not None and any(found[0].get(key) == "system" for key in SPEAKER_KEYS)


LAYOUT = Layout(
    name="sharegpt",
    title="ShareGPT conversations: conversations with from and value",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
)
