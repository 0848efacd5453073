"""JSON Pointers (RFC 6901): the place of a fault within a record."""

from __future__ import annotations

from collections.abc import Iterable

#: A key longer than this would flood the output: the pointer then stops at the object that has it.
_LONGEST_KEY = 80


def pointer_to(path: Iterable[str | int]) -> str:
    """Gives the pointer for a path of keys and 0-based indexes; "" is the record itself."""
    steps: list[str] = []
    for step in path:
        if isinstance(step, str) and len(step) > _LONGEST_KEY:
            break
        steps.append("/" + str(step).replace("~", "~0").replace("/", "~1"))
    return "".join(steps)
