"""A conversation of plain texts with the system text beside it, as Claude is tuned with on Bedrock.

Thoughts and names are left out: a row has no place for them.
"""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.beside_turns import system_and_turns, without_tools
from ftdata.renderers.conversation import turn_not_carried
from ftdata.renderers.rooms import CLAUDE
from ftdata.renderers.words import words_of


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{system?, messages}`, every content a string; several texts of a turn stand line by line.

    Faults are tools, calls, images, weights other than 1, and a system turn that is not at the front.
    """
    found = without_tools(example) or system_and_turns(example)
    if isinstance(found, Fault):
        return found
    system, turns = found
    messages: list[dict[str, Any]] = []
    for index, turn in turns:
        texts = words_of(turn)
        if isinstance(texts, str):
            return turn_not_carried(texts, index)
        messages.append({"role": turn["role"], "content": "\n".join(texts)})
    row: dict[str, Any] = {"system": "\n".join(system)} if system else {}
    return {**row, "messages": messages}


RENDERER = Renderer(name="claude", render=render, room=CLAUDE)
