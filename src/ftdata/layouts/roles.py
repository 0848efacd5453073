"""Which role a speaker plays: what the user said, then the names that everybody uses."""

from __future__ import annotations

from collections.abc import Mapping

from ftdata.layouts.cells import cut, kind_of, listed
from ftdata.layouts.refusal import Refused
from ftdata.model import LayoutOptions

#: The roles of the canonical form.
ROLES = ("system", "developer", "user", "assistant", "tool", "function")

#: A turn of this role is an assistant's turn whose text is the JSON of a call.
CALL = "function_call"

#: Names that ShareGPT files, chat logs and trainers use, by role. Compared without case.
SPEAKERS: Mapping[str, tuple[str, ...]] = {
    "system": ("system", "system prompt", "系统"),
    "developer": ("developer",),
    "user": ("user", "human", "prompter", "用户", "사용자", "ユーザー", "benutzer", "usuario"),
    "assistant": (
        *("assistant", "gpt", "chatgpt", "ai", "bot", "chatbot", "model", "ai assistant"),
        *("助手", "助理", "어시스턴트", "アシスタント", "assistent", "asistente"),
    ),
    "tool": (
        *("tool", "observation", "function_response", "tool_response", "tool_result"),
        *("tool_results", "ipython", "environment"),
    ),
    "function": ("function",),
    CALL: ("function_call", "tool_call", "tool_calls"),
}

_ROLE_OF = {name: role for role, names in SPEAKERS.items() for name in names}


def known_role(speaker: str) -> str | None:
    """Gives the role that a name stands for everywhere, or None."""
    return _ROLE_OF.get(speaker.strip().casefold())


def speaker_role(speaker: str, options: LayoutOptions) -> str | None:
    """Gives the role of a speaker, or None where nobody said.

    What --speaker says comes first. Once it names an assistant, a speaker that nobody knows is a user.
    """
    if options.roles:
        said = _said(speaker.strip().casefold(), options.roles)
        if said is not None:
            return known_role(said)
    role = known_role(speaker)
    if role is None and names_assistant(options):
        return "user"
    return role


def names_assistant(options: LayoutOptions) -> bool:
    """True where --speaker says who the assistant is."""
    return any(known_role(role) == "assistant" for role in options.roles.values())


def role_of(speaker: object, pointer: str, options: LayoutOptions) -> str:
    """Gives the role of a turn's speaker, or `CALL`; refuses what nobody knows as unknown-speaker."""
    if not isinstance(speaker, str):
        found = kind_of(speaker)
        raise Refused("malformed-turn", pointer, reason=f"its speaker is {found}, not text")
    role = speaker_role(speaker, options)
    if role is None:
        raise unknown_speaker(speaker, pointer, options)
    return role


def role_in_text(speaker: str, options: LayoutOptions) -> str | None:
    """Gives the role of a speaker in running text, where no turn is the JSON of a call."""
    role = speaker_role(speaker, options)
    return "assistant" if role == CALL else role


def unknown_speaker(speaker: str, pointer: str, options: LayoutOptions) -> Refused:
    """The refusal of what a speaker says whose role nobody knows."""
    known = listed([*options.roles, *ROLES[:-1], "human", "gpt"])
    return Refused("unknown-speaker", pointer, speaker=cut(speaker), known=known)


def _said(speaker: str, roles: Mapping[str, str]) -> str | None:
    return next((role for name, role in roles.items() if name.strip().casefold() == speaker), None)
