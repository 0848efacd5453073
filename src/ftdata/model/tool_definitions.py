"""The tools that a record declares, read once for all records that declare the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Definition(NamedTuple):
    """One tool: where it is declared, its name, and the schema of its arguments; None: it states none."""

    pointer: str
    name: str
    parameters: Any
    at_name: str  # where its name stands, and its parameters
    at_parameters: str


class Definitions:
    """All tools of a record. Records with equal tools share one object, which is compared by identity; but
    not where JSON cannot hold them.

    `by_name` has the one declared last where a name is `repeated`. `is_whole` is False where something is
    declared that cannot be read as a tool with a name.
    """

    def __init__(self, declared: Mapping[str, Any]) -> None:
        read = [tool for key, value in declared.items() for tool in _read(value, f"/{key}")]
        self.tools = [tool for tool in read if tool is not None]
        self.is_whole = len(self.tools) == len(read)
        self.by_name = {tool.name: tool for tool in self.tools}
        self.repeated = len(self.by_name) < len(self.tools)


_TOGETHER = ("functionDeclarations", "function_declarations")

#: The rows of a file mostly carry the same definitions; what is remembered must stay small.
_KNOWN: dict[bytes, tuple[dict[str, Any], Definitions]] = {}
_MOST_KNOWN = 128
_LONGEST_KNOWN = 64 * 1024


def definitions_of(record: Mapping[str, Any]) -> Definitions | None:
    """Gives the tools of `tools` and of the older `functions`; None where neither holds anything."""
    declared = {key: record[key] for key in ("tools", "functions") if record.get(key)}
    if not declared:
        return None
    import orjson

    try:
        key = orjson.dumps(declared)
    except TypeError:  # not of plain values, very deep, or odd texts and numbers
        return Definitions(declared)
    like, known = _KNOWN.get(key, (None, None))
    # What is no JSON may be written alike, and 1 is equal to 1.0; but not both.
    if known is None or like != declared:
        known = Definitions(declared)
        if len(key) <= _LONGEST_KNOWN:
            if len(_KNOWN) >= _MOST_KNOWN:
                _KNOWN.clear()
            _KNOWN[key] = declared, known
    return known


def _read(value: Any, pointer: str) -> Iterator[Definition | None]:
    if isinstance(
        value, str
    ):  # trainers may be given a text of JSON: there is no place inside of it
        for tool in _read(_parsed(value), ""):
            yield tool and Definition(pointer, tool.name, tool.parameters, pointer, pointer)
    elif isinstance(value, (list, tuple)):
        for index, tool in enumerate(value):
            yield from _definitions_in(tool, f"{pointer}/{index}")
    else:
        yield None


def _definitions_in(tool: Any, pointer: str) -> Iterator[Definition | None]:
    """Reads one tool, or those that Gemini declares together."""
    for key in _TOGETHER if isinstance(tool, Mapping) else ():
        declared = tool.get(key)
        if isinstance(declared, (list, tuple)):
            for index, function in enumerate(declared):
                read = _definition(function, f"{pointer}/{key}/{index}")
                try:
                    yield read and read._replace(parameters=_in_lower_case(read.parameters))
                except RecursionError:  # nested deeper than any schema is
                    yield None
            return
    yield _definition(tool, pointer)


def _in_lower_case(schema: Any) -> Any:
    """Gemini's schemas with the names of types as JSON Schema has them: OBJECT is object."""
    if isinstance(schema, Mapping):
        made = {key: _in_lower_case(value) for key, value in schema.items()}
        kind = schema.get("type")
        return {**made, "type": kind.lower()} if isinstance(kind, str) else made
    return [_in_lower_case(value) for value in schema] if isinstance(schema, list) else schema


def _parsed(text: str) -> Any:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return None if isinstance(value, str) else value


def _definition(tool: Any, pointer: str) -> Definition | None:
    """Reads `{type, function}`, and the function alone; None for all else."""
    if not isinstance(tool, Mapping):
        return None
    function = tool.get("function", tool)
    if not isinstance(function, Mapping) or not isinstance(function.get("name"), str):
        return None
    at = pointer if function is tool else f"{pointer}/function"
    return Definition(
        pointer, function["name"], function.get("parameters"), f"{at}/name", f"{at}/parameters"
    )
