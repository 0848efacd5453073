"""Leaves the reading of a record at the first thing that cannot become part of an example."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from ftdata.model import Example, Fault, LayoutOptions


class Refused(Exception):
    """Carries a fault from deep inside a record to the layout's edge, where it is returned."""

    def __init__(self, name: str, pointer: str = "", /, **params: object) -> None:
        super().__init__(name)
        self.fault = Fault(name, params, pointer=pointer)


def giving_faults(
    read: Callable[[Any, LayoutOptions], Example | Fault],
) -> Callable[[Any, LayoutOptions], Example | Fault]:
    """Turns a reader that refuses into a layout's `to_example`, which returns the fault."""

    @wraps(read)
    def to_example(record: Any, options: LayoutOptions) -> Example | Fault:
        try:
            return read(record, options)
        except Refused as refused:
            return refused.fault

    return to_example
