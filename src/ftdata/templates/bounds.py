"""What a chat template may cost: steps, the size of its values, and what it writes.

A template is a program of a stranger. The sandbox of Jinja keeps it from the machine, but not from looping
or growing without end. So each pass of a loop, call, filter and comparison takes steps from a budget, the
more the larger the values are, and no value may grow beyond it. Nothing is measured in seconds: the same
template and row give the same verdict on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2.utils import Namespace

#: Steps, and characters of any value and of the output, beside those that the row itself is worth.
BASE = 1_000_000
_PER_INPUT = 8  # steps and characters for each of the input

_STEP_WEIGHT = 256  # of a value that is looked at in one step
_WIDEST = 10_000  # what a number may ask for: columns, digits, parts
_MOST_BITS = 65_536  # of a whole number
_NODE = 2  # the weight of a value beside its characters


class TooMuch(Exception):
    """The template does more than a chat template has to."""


class Budget:
    """What is left of the steps and the output of one rendering. `size`: the weight of what is rendered."""

    def __init__(self, size: int = 0) -> None:
        self.most = BASE + _PER_INPUT * size
        self._steps = self._output = self.most

    def step(self, steps: int = 1) -> None:
        """Takes steps; raises TooMuch where none are left."""
        self._steps -= steps
        if self._steps < 0:
            raise TooMuch(f"more than {self.most:,} steps")

    def look_at(self, value: Any) -> Any:
        """Takes the steps that a look at all of a value is worth, and gives it back."""
        if type(value) is str:
            weight = len(value)
            if weight > self.most:
                raise TooMuch(f"a text of more than {self.most:,} characters")
        else:
            weight = weight_of(value, self.most)
        self.step(1 + weight // _STEP_WEIGHT)
        return value

    def write(self, value: Any) -> Any:
        """Takes what a value adds to the output, and gives it back."""
        self._output -= len(value) if type(value) is str else weight_of(value, self.most)
        if self._output < 0:
            raise TooMuch(f"more than {self.most:,} characters of output")
        return value


def weight_of(value: Any, most: int) -> int:
    """The characters and parts of a value; raises TooMuch above `most`.

    Parts that are held twice count twice: that is how often they would be written.
    """
    weight = 0
    rest = [value]
    while rest:
        one = rest.pop()
        weight += _NODE
        if isinstance(one, (str, bytes)):
            weight += len(one)
        elif isinstance(one, int):
            weight += one.bit_length() >> 3
        elif isinstance(one, Mapping):
            rest += one.keys()
            rest += one.values()
        elif isinstance(one, (list, tuple, set, frozenset)):
            rest += one
        elif isinstance(one, Namespace):
            rest.append(one._Namespace__attrs)
        if weight > most or len(rest) > most:
            raise TooMuch(f"a value of more than {most:,} characters")
    return weight


def check_operation(operator: str, left: Any, right: Any, most: int) -> None:
    """Raises TooMuch for an operation whose result is out of proportion."""
    if operator == "*":
        for one, times in ((left, right), (right, left)):
            if isinstance(times, int) and isinstance(one, (str, bytes, list, tuple)):
                parts = len(one) if isinstance(one, (str, bytes)) else weight_of(one, most)
                _check(max(times, 0) * parts, most)
        _check_bits(_bits(left) + _bits(right))
    elif operator == "**" and isinstance(right, int):
        _check_bits(_bits(left) * max(right, 0))
    elif operator == "%" and isinstance(left, str):
        _check_widths(left, r"\d{5,}|\*")


def check_call(name: str, owner: Any, arguments: Iterable[Any], most: int) -> None:
    """Raises TooMuch for a call of a method or filter whose result is out of proportion."""
    given = list(arguments)
    if name in _WIDENING and any(isinstance(one, int) and abs(one) > _WIDEST for one in given):
        raise TooMuch(f"{name} is asked for more than {_WIDEST:,}")
    if name in ("format", "format_map") and isinstance(owner, str):
        _check_widths(owner, r"\d{5,}|\*|\{[^{}]*\{")
    elif name == "replace" and len(given) >= 2 and all(isinstance(one, str) for one in given[:2]):
        text = owner if isinstance(owner, str) else str(owner)
        _check(len(text) + text.count(given[0]) * len(given[1]), most)
    elif name == "join":
        parts, glue = (owner, given[:1]) if not isinstance(owner, str) else (given[0], [owner])
        if glue and isinstance(glue[0], str) and hasattr(parts, "__len__"):
            _check(len(parts) * len(glue[0]), most)
    elif name == "sum" and any(not isinstance(one, (int, float, str)) for one in given):
        raise TooMuch("sum of what are no numbers")


def check_date_pattern(pattern: str) -> None:
    """Raises TooMuch for a pattern that asks for very wide dates."""
    _check_widths(pattern, r"\d{5,}")


_WIDENING = frozenset(
    (
        "center",
        "ljust",
        "rjust",
        "zfill",
        "expandtabs",
        "indent",
        "batch",
        "slice",
        "round",
        "tojson",
    )
) | {"truncate", "to_bytes"}


def _check(weight: int, most: int) -> None:
    if weight > most:
        raise TooMuch(f"a value of more than {most:,} characters")


def _bits(value: Any) -> int:
    return value.bit_length() if isinstance(value, int) else 0


def _check_bits(bits: int) -> None:
    if bits > _MOST_BITS:
        raise TooMuch(f"a number of more than {_MOST_BITS:,} bits")


def _check_widths(text: str, too_wide: str) -> None:
    if re.search(too_wide, text):
        raise TooMuch("a text is formatted to a very great width")
