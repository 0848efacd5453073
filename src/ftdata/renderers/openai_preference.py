"""A preference pair as OpenAI takes it: an input, and two turns that answer it.

(The specification of April 2025 spelled the keys preferred_completion and non_preferred_completion; the
service wants those below.)
"""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.answers import not_carried, pair_of
from ftdata.renderers.openai_chat import openai_turn
from ftdata.renderers.rooms import OPENAI_PAIR


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{input: {messages, tools?, parallel_tool_calls?}, preferred_output, non_preferred_output}`.

    An answer of more than one turn is a fault.
    """
    row = preference_row(example)
    if not isinstance(row, Fault):
        for key, role in (("preferred_output", "chosen"), ("non_preferred_output", "rejected")):
            if len(row[key]) != 1:
                return not_carried(f"an answer of {len(row[key])} turns, only one turn", f"/{role}")
    return row


def preference_row(example: Example) -> dict[str, Any] | Fault:
    """Gives the row, whatever the number of turns in its answers."""
    pair = pair_of(example, openai_turn)
    if isinstance(pair, Fault):
        return pair
    if "functions" in example:
        return not_carried("functions of the older form, only tools")
    given: dict[str, Any] = {"messages": pair.prompt}
    if "tools" in example:
        given["tools"] = example["tools"]
    if "parallel_tool_calls" in example:
        given["parallel_tool_calls"] = example["parallel_tool_calls"]
    return {
        "input": given,
        "preferred_output": pair.chosen,
        "non_preferred_output": pair.rejected,
    }


RENDERER = Renderer(
    name="openai-preference",
    render=render,
    takes=frozenset({"rejected", "tools"}),
    room=OPENAI_PAIR,
)
