"""The columns by which datasets, from 5 on, takes rows for the log of an agent."""

from __future__ import annotations

from collections.abc import Callable

from ftdata.model.value_kinds import INTEGER, LIST, TEXT

#: The kind of a column of objects with different keys, or of values of several types.
AS_JSON = "json"

_COLUMNS = {
    "Claude Code": {"type": TEXT, "message": AS_JSON},
    "Codex": {"type": TEXT, "payload": AS_JSON},
    "Hermes": {"id": TEXT, "source": TEXT, "model": TEXT, "system_prompt": TEXT, "messages": LIST},
    "Droid": {"type": TEXT, "id": TEXT, "version": INTEGER, "cwd": TEXT},
}


def agent_of(is_of: Callable[[str, str], bool]) -> tuple[str, list[str]] | None:
    """The agent and its columns, where all of them are there; `is_of` tells of a column and a kind."""
    for agent, columns in _COLUMNS.items():
        if all(is_of(column, kind) for column, kind in columns.items()):
            return agent, [*columns]
    return None
