"""Rows of Bedrock's Converse API, as Nova and Llama are tuned with on Bedrock.

`schemaVersion`, `system` as a list of texts, `messages` with parts: text, toolUse, toolResult, image.
"""

from __future__ import annotations

from typing import Any

from ftdata.layouts.cells import pointer_to
from ftdata.layouts.conversations import in_converse_form, require_key, turns_of
from ftdata.layouts.refusal import giving_faults
from ftdata.layouts.system import system_turn, under_system
from ftdata.layouts.tools import read_tools
from ftdata.layouts.turns import read_turns
from ftdata.model import Example, Layout, LayoutOptions

KEYS = ("messages",)


def recognises(record: Any) -> bool:
    """True where the first turn, or the system text, is made of parts without a type."""
    turns = turns_of(record.get("messages")) if isinstance(record, dict) else None
    if turns is None:
        return False
    if in_converse_form(turns):
        return True
    system = record.get("system")
    return isinstance(system, list) and any(
        isinstance(part, dict) and "type" not in part for part in system
    )


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example:
    """Gives the conversation with its system text first; toolUse and toolResult become tool turns."""
    record, key = require_key(record, "bedrock-converse", KEYS, options)
    system = system_turn(record.get("system"), "/system")
    messages = [*system, *read_turns(record[key], pointer_to(key), options)]
    example: Example = {"messages": under_system(messages, record, options)}
    tools = read_tools(_declared(record), "/toolConfig/tools")
    if tools:
        example["tools"] = tools
    return example


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:
    """All that the schema has; its version says nothing about the conversation."""
    if not isinstance(record, dict):
        return frozenset()
    key = options.columns.get("messages", KEYS[0])
    return frozenset({key, "system", "schemaVersion", "toolConfig"} & record.keys())


def _declared(record: dict[str, Any]) -> Any:
    config = record.get("toolConfig")
    return config.get("tools") if isinstance(config, dict) else None


LAYOUT = Layout(
    name="bedrock-converse",
    title="Bedrock Converse rows: schemaVersion, system, messages made of parts",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
)
