"""The older form of calls, function_call and turns of the function, in the form that replaced it."""

from __future__ import annotations

from ftdata.model import Message


def as_tools(turns: list[Message], losses: list[str]) -> list[Message]:
    """Gives the turns with tool_calls in place of function_call, and turns of tools that answer these.

    The ids are made up: older_0, older_1 and so on. A function's turn that answers no call stays as it is.
    """
    if not any(turn.get("function_call") or turn["role"] == "function" for turn in turns):
        return turns
    written: list[Message] = []
    waiting: list[tuple[str, object]] = []
    number = 0
    for turn in turns:
        call = turn.get("function_call")
        if call:
            call_id = f"older_{number}"
            number += 1
            waiting.append((call_id, call.get("name")))
            kept: Message = {**turn}
            del kept["function_call"]
            one = {"id": call_id, "type": "function", "function": dict(call)}
            kept["tool_calls"] = [*(turn.get("tool_calls") or ()), one]
            written.append(kept)
            losses.append("functions-as-tools")
        elif turn["role"] == "function" and waiting:
            call_id, function = waiting.pop(0)
            answer: Message = {**turn, "role": "tool", "tool_call_id": call_id}
            if answer.get("name") == function:  # which its call says, too
                del answer["name"]
            written.append(answer)
        else:
            written.append(turn)
    return written
