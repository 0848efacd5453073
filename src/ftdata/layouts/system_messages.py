"""`{system, messages}`: the system text stands beside the turns, as Claude's API has it."""

from __future__ import annotations

from typing import Any

from ftdata.layouts.cells import pointer_to
from ftdata.layouts.conversations import in_converse_form, require_key, turns_of
from ftdata.layouts.refusal import giving_faults
from ftdata.layouts.system import system_turn, under_system
from ftdata.layouts.tools import add_tools, tool_keys
from ftdata.layouts.turns import read_turns
from ftdata.model import Example, Layout, LayoutOptions

KEYS = ("messages",)


def recognises(record: Any) -> bool:
    """True for `messages` beside a system text, or a list of typed text parts."""
    if not isinstance(record, dict) or "system" not in record:
        return False
    system, turns = record["system"], turns_of(record.get("messages"))
    if turns is None or in_converse_form(turns):
        return False
    if isinstance(system, list):
        return all(isinstance(part, dict) and "type" in part for part in system)
    return system is None or isinstance(system, str)


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example:
    """Gives the conversation with the system text, where it says something, as its first turn."""
    record, key = require_key(record, "system-messages", KEYS, options)
    system = system_turn(record.get(_system_key(options)), pointer_to(_system_key(options)))
    messages = [*system, *read_turns(record[key], pointer_to(key), options)]
    return add_tools({"messages": under_system(messages, record, options)}, record, options)


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:
    """The system text, the conversation, and the tools."""
    if not isinstance(record, dict):
        return frozenset()
    keys = {_system_key(options), options.columns.get("messages", KEYS[0])}
    return frozenset((keys & record.keys()) | tool_keys(record, options))


def _system_key(options: LayoutOptions) -> str:
    return options.columns.get("system", "system")


LAYOUT = Layout(
    name="system-messages",
    title="conversations with the system text beside them: system, messages",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
)
