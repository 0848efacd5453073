"""A record that is itself the list of turns, without an object around it."""

from __future__ import annotations

from typing import Any

from ftdata.layouts.conversations import turns_of
from ftdata.layouts.names import lacks_keys
from ftdata.layouts.refusal import giving_faults
from ftdata.layouts.system import under_system
from ftdata.layouts.turns import read_turns
from ftdata.model import Example, Layout, LayoutOptions


def recognises(record: Any) -> bool:
    """True for a list that starts with a turn."""
    return isinstance(record, list) and turns_of(record) is not None


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example:
    """Gives the conversation. Other keys of a turn, such as annotations, are not carried."""
    if not isinstance(record, list):
        raise lacks_keys("bare-messages", ["a list of turns"], record)
    return {"messages": under_system(read_turns(record, "", options), record, options)}


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:  # noqa: ARG001 - a list has none
    """No keys: the record is a list."""
    return frozenset()


LAYOUT = Layout(
    name="bare-messages",
    title="conversations without an object around them: a list of turns",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
)
