"""One question and its answer as Alpaca rows have them: instruction, input, output."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.rooms import ALPACA
from ftdata.renderers.words import spoken_turns


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{instruction, input, output}`, its input empty: the question already holds what it is about.

    A conversation of more than a question and an answer, or with a system turn, is a fault.
    """
    turns = spoken_turns(example)
    if isinstance(turns, Fault):
        return turns
    if [turn.role for turn in turns] != ["user", "assistant"]:
        what = "more, or less, than one question and its answer"
        return Fault("not-carried-by-target", {"what": what})
    return {"instruction": turns[0].text, "input": "", "output": turns[1].text}


RENDERER = Renderer(name="alpaca", render=render, room=ALPACA)
