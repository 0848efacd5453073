"""A conversation as LLaMA-Factory's Alpaca rows have it: its last round, and the earlier ones as history."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Renderer
from ftdata.renderers.rooms import ALPACA_HISTORY
from ftdata.renderers.words import spoken_turns


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{instruction, input, output, system, history}`; every row has all keys, as one may lack none.

    Calls, tools' turns and images are faults, and turns of user and assistant that do not alternate.
    """
    turns = spoken_turns(example)
    if isinstance(turns, Fault):
        return turns
    system = ""
    if turns and turns[0].role == "system":
        system, turns = turns[0].text, turns[1:]
    roles = [turn.role for turn in turns]
    if not roles or roles != ["user", "assistant"] * (len(roles) // 2):
        what = "turns that are not a user's and an assistant's in alternation"
        return Fault("not-carried-by-target", {"what": what})
    rounds = [[asked.text, said.text] for asked, said in zip(turns[::2], turns[1::2], strict=True)]
    question, answer = rounds.pop()
    return {
        "instruction": question,
        "input": "",
        "output": answer,
        "system": system,
        "history": rounds,
    }


RENDERER = Renderer(name="alpaca-history", render=render, room=ALPACA_HISTORY)
