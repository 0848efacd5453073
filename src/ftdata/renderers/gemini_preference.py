"""A preference pair as Gemini's preference tuning takes it: contents, and two completions with scores."""

from __future__ import annotations

from typing import Any

from ftdata.model import Example, Fault, Message, Renderer
from ftdata.renderers.answers import not_carried, pair_of
from ftdata.renderers.rooms import GEMINI_PAIR
from ftdata.renderers.words import words_of

_NAMES = {"user": "user", "assistant": "model"}


def render(example: Example) -> dict[str, Any] | Fault:
    """Gives `{system_instruction?, contents, completions}`, the better completion first.

    Faults: an answer of more than one turn, a prompt that does not end with the user, and a system turn
    that is not the first.
    """
    pair = pair_of(example, _turn)
    if isinstance(pair, Fault):
        return pair
    row: dict[str, Any] = {}
    contents = pair.prompt
    if contents[0]["role"] == "system":
        row["system_instruction"] = {"parts": contents[0]["parts"]}
        contents = contents[1:]
    if any(turn["role"] == "system" for turn in contents):
        return not_carried("a system turn behind the first turn")
    if not contents or contents[-1]["role"] != "user":
        return not_carried("a prompt that does not end with the user")
    row["contents"], row["completions"] = contents, []
    for score, role, answer in ((1, "chosen", pair.chosen), (0, "rejected", pair.rejected)):
        if len(answer) != 1 or answer[0]["role"] != "model":
            return not_carried("an answer that is not one turn of the assistant", f"/{role}")
        row["completions"].append({"score": score, "completion": answer[0]})
    return row


def _turn(message: Message, index: int) -> dict[str, Any] | Fault:  # noqa: ARG001 - see openai-chat
    texts = words_of(message)
    if isinstance(texts, str):
        return not_carried(texts)
    role = _NAMES.get(message["role"], message["role"])
    return {"role": role, "parts": [{"text": text} for text in texts or [""]]}


RENDERER = Renderer(
    name="gemini-preference", render=render, takes=frozenset({"rejected"}), room=GEMINI_PAIR
)
