"""Rows of Google's Gemini: `contents` made of `parts`, `systemInstruction`, `tools` with declarations.

The turns are put into the form of Bedrock's Converse API, whose parts are of the same kinds, and are
read as such.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ftdata.layouts.cells import pointer_to
from ftdata.layouts.gemini_parts import GeminiParts, either
from ftdata.layouts.gemini_tools import read_declarations
from ftdata.layouts.names import lacks_keys
from ftdata.layouts.refusal import Refused, giving_faults
from ftdata.layouts.system import system_turn, under_system
from ftdata.layouts.turns import read_turns
from ftdata.model import Example, Layout, LayoutOptions, Message

_SYSTEM = ("systemInstruction", "system_instruction")


def recognises(record: Any) -> bool:
    """True for `contents` whose first turn has parts."""
    contents = record.get("contents") if isinstance(record, dict) else None
    return (
        isinstance(contents, list)
        and bool(contents)
        and isinstance(contents[0], dict)
        and "parts" in contents[0]
    )


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example:
    """Gives the conversation with its system text first; function calls and responses become tool turns."""
    key = _key(options)
    if not isinstance(record, dict) or key not in record:
        raise lacks_keys("gemini", [key], record)
    messages = [*_system(record), *_turns(record[key], pointer_to(key), options)]
    example: Example = {"messages": under_system(messages, record, options)}
    tools = read_declarations(record.get("tools"), "/tools")
    if tools:
        example["tools"] = tools
    return example


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:
    """The conversation, the system text and the tools."""
    if not isinstance(record, dict):
        return frozenset()
    return frozenset({_key(options), "tools", *_SYSTEM} & record.keys())


def _key(options: LayoutOptions) -> str:
    return options.columns.get("messages", "contents")


def _system(record: dict[str, Any]) -> list[Message]:
    """The system text: a text, or a turn made of parts that are texts."""
    key = next((key for key in _SYSTEM if record.get(key) is not None), None)
    if key is None:
        return []
    system = record[key]
    if isinstance(system, dict):
        parts = system.get("parts")
        system = parts if isinstance(parts, list) else [parts]
    return system_turn(system, pointer_to(key))


def _turns(contents: Any, pointer: str, options: LayoutOptions) -> list[Message]:
    parts = GeminiParts()
    if isinstance(contents, list):
        contents = [_turn(turn, parts, f"{pointer}/{index}") for index, turn in enumerate(contents)]
    try:
        return read_turns(contents, pointer, options)
    except Refused as refused:
        here = refused.fault.pointer.split("/")
        depth = pointer.count("/") + 2  # of the key that was parts, behind the number of the turn
        if len(here) > depth and here[depth] == "content":
            here[depth] = "parts"
            told = {**refused.fault.params}
            if "column" in told:
                told["column"] = "parts"
            refused.fault = replace(refused.fault, pointer="/".join(here), params=told)
        raise


def _turn(turn: Any, parts: GeminiParts, pointer: str) -> Any:
    """A turn in the form of the Converse API; what is no turn is left to be refused."""
    if not isinstance(turn, dict):
        return turn
    given = turn.get("parts")
    given = given if isinstance(given, list) else [given]
    read = [parts.converse(part, f"{pointer}/parts/{at}") for at, part in enumerate(given)]
    answers = any(either(part, "functionResponse") for part in given if isinstance(part, dict))
    role = "user" if answers else turn.get("role") or "user"
    return {"role": role, "content": read}


LAYOUT = Layout(
    name="gemini",
    title="Gemini rows: systemInstruction, contents made of parts",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
)
