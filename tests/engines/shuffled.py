"""Runs units in this process, in an order that chance decides, as a pool of workers may."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from ftdata.model import Unit

_AT_ONCE = 4


class Shuffled:
    """Has the `run` of a WorkerPool."""

    def __init__(self, task: Callable[[Unit], Any], chance: random.Random) -> None:
        self._task = task
        self._chance = chance

    def run(
        self, units: Iterator[Unit], *, has_room: Callable[[], bool]
    ) -> Iterator[tuple[Unit, Any]]:
        begun: list[Unit] = []
        while True:
            while len(begun) < _AT_ONCE and has_room():
                unit = next(units, None)
                if unit is None:
                    break
                begun.append(unit)
            if not begun:
                return
            done = begun.pop(self._chance.randrange(len(begun)))
            yield done, self._task(done)
