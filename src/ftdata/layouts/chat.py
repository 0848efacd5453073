"""`messages` with role and content, as OpenAI, TRL and most trainers write them.

The conversation may stand under any one key (`traj`, `conversation`, ...), also as JSON text; `tools`,
`functions` and `parallel_tool_calls` are carried with it.
"""

from __future__ import annotations

from typing import Any

from ftdata.layouts.cells import pointer_to
from ftdata.layouts.conversations import conversation_key, in_converse_form, require_key, turns_of
from ftdata.layouts.refusal import giving_faults
from ftdata.layouts.system import under_system
from ftdata.layouts.tools import add_tools, tool_keys
from ftdata.layouts.turns import read_turns
from ftdata.model import Example, Layout, LayoutOptions

KEYS = ("messages",)


def recognises(record: Any) -> bool:
    """True where one key holds turns that have a role, and no parts in Bedrock's or Gemini's form."""
    if not isinstance(record, dict):
        return False
    key = conversation_key(record, KEYS)
    if key is None:
        return False
    turns = turns_of(record[key])
    if turns is None:
        return True
    if not {"value", "parts"}.isdisjoint(turns[0]):
        return False
    return "role" in turns[0] and not in_converse_form(turns)


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example:
    """Gives the conversation with what it declares beside it."""
    record, key = require_key(record, "chat", KEYS, options)
    messages = read_turns(record[key], pointer_to(key), options)
    return add_tools({"messages": under_system(messages, record, options)}, record, options)


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:
    """The conversation and what is declared beside it."""
    if not isinstance(record, dict):
        return frozenset()
    key = options.columns.get("messages") or conversation_key(record, KEYS)
    return frozenset(({key or KEYS[0]} & record.keys()) | tool_keys(record, options))


LAYOUT = Layout(
    name="chat",
    title="conversations: messages with role and content",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
)
