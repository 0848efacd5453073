"""What a target's row has room for; whatever else an example holds is lost on the way, and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

_ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})
_KEYS = frozenset(
    {
        *("name", "tool_calls", "tool_call_id", "function_call", "refusal"),
        *("reasoning_content", "weight"),
    }
)
_BESIDE = frozenset(
    {"tools", "functions", "parallel_tool_calls", "rejected", "label", "item"},
)


@dataclass(frozen=True)
class Room:
    """What the rows of one renderer can hold of an example. All there is, unless something else is said.

    `images` answers by its address whether an image of the user can be carried; None: every part can.
    `reply`, where it is the reference, is what a grader compares with, and no turn.
    """

    roles: frozenset[str] = _ROLES
    keys: frozenset[str] = _KEYS  # of a turn, beside role and content
    beside: frozenset[str] = _BESIDE  # keys of an example beside its turns
    named: frozenset[str] = _ROLES  # roles whose turns can have a name
    parts: frozenset[str] = frozenset({"user", "assistant"})  # roles that may say several parts
    images: Callable[[str], bool] | None = None
    image_details: bool = True  # False: of an image nothing but its address
    weights: Literal["any", "0 to 1", "0 or 1"] = "any"
    system: Literal["anywhere", "in front", "nowhere"] = "anywhere"
    one_system: bool = False  # several system turns in front become one
    call_ids: Literal["any", "nine", "numbered"] = "any"
    arguments: Literal["text", "object"] = "text"
    text_beside_calls: bool = True
    tool_keys: frozenset[str] | None = None  # of a declared function; None: any
    whole_tools: bool = False  # a declared function has a description and parameters
    reply: Literal["any", "needed", "reference"] = (
        "any"  # needed: rows without a reply teach nothing
    )
    ends_with_reply: bool = False  # turns behind the last reply are refused

    @cached_property
    def certain_keys(self) -> frozenset[str]:
        """The keys of a turn that fit whatever their values are, where the content is a text."""
        unsure = {"weight"} if self.weights != "any" else set()
        if not self.text_beside_calls or self.call_ids != "any" or self.arguments != "text":
            unsure |= {"tool_calls", "tool_call_id", "function_call"}
        if self.named < self.roles:
            unsure.add("name")
        return (self.keys - unsure) | {"role", "content"}

    @cached_property
    def certain_beside(self) -> frozenset[str]:
        """The keys of an example that fit whatever their values are; answers of a pair are never certain."""
        unsure = {
            "rejected",
            *({"tools"} if self.tool_keys is not None or self.whole_tools else ()),
        }
        return (self.beside - unsure) | {"messages"}

    @cached_property
    def certain_roles(self) -> frozenset[str]:
        """The roles that fit behind the first turn."""
        moved = self.one_system or self.system != "anywhere"
        return self.roles - {"system", "developer"} if moved else self.roles

    @cached_property
    def certain_first(self) -> frozenset[str]:
        """The roles that fit as the first turn."""
        moved = self.system == "nowhere"
        return self.roles - {"system", "developer"} if moved else self.roles
