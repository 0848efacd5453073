"""Where the system speaks: anywhere, in front only, or nowhere, so that a user has to say it."""

from __future__ import annotations

from ftdata.model import Message, Room
from ftdata.renderers.turn_fitting import Unfit

_SYSTEM = frozenset({"system", "developer"})


def fit_system(
    turns: list[Message], room: Room, losses: list[str], *, in_front: bool
) -> list[Message]:
    """Joins system turns in front where only one can be, and folds the others into the user's next turn.

    `in_front`: the conversation begins with these turns. Raises Unfit where no user speaks after a system
    turn that has to be folded.
    """
    anywhere = room.system == "anywhere"
    if (anywhere and not room.one_system) or not any(turn["role"] in _SYSTEM for turn in turns):
        return turns
    front = 0
    if in_front and room.system != "nowhere":
        spoken = (at for at, turn in enumerate(turns) if turn["role"] not in _SYSTEM)
        front = next(spoken, len(turns))
    fitted = turns[:front]
    if room.one_system and front > 1:
        fitted = [_joined(fitted, losses)]
    if anywhere:
        return [*fitted, *turns[front:]]
    waiting: list[str] = []
    for index in range(front, len(turns)):
        turn = turns[index]
        if turn["role"] in _SYSTEM:
            waiting.append(_text(turn))
            losses += ["system-folded-into-user", *["name-dropped"] * ("name" in turn)]
        elif waiting and turn["role"] == "user":
            fitted.append(_under("\n\n".join(waiting), turn))
            waiting = []
        else:
            fitted.append(turn)
    if waiting:
        what = "a system turn that no user's turn follows"
        raise Unfit(
            what, next(at for at in reversed(range(len(turns))) if turns[at]["role"] in _SYSTEM)
        )
    return fitted


def _joined(turns: list[Message], losses: list[str]) -> Message:
    """One turn for all. It is the developer's where all are; a name stays that all have."""
    losses.append("system-turns-joined")
    joined: Message = {**turns[0], "content": "\n".join(map(_text, turns))}
    roles = [turn["role"] for turn in turns]
    if len({*roles}) > 1:
        joined["role"] = "system"
        losses += ["developer-as-system"] * roles.count("developer")
    names = [turn["name"] for turn in turns if "name" in turn]
    if names and (len({*names}) > 1 or len(names) < len(turns)):
        joined.pop("name", None)
        losses += ["name-dropped"] * len(names)
    return joined


def _under(text: str, turn: Message) -> Message:
    """The turn with the text at its head, an empty line below it."""
    content = turn.get("content")
    if isinstance(content, list):
        return {**turn, "content": [{"type": "text", "text": text}, *content]}
    return {**turn, "content": f"{text}\n\n{content or ''}"}


def _text(turn: Message) -> str:
    content = turn.get("content")
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content)
    return content or ""
