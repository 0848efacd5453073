"""What ends the command line from outside, apart from Ctrl-C."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

#: A service that is stopped, a terminal that is closed. Windows knows only the first.
_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
_SECONDS_TO_TIDY = 5


class Ended(SystemExit):
    """A signal told this process to end. Its code is 128 and the number of the signal."""


@contextmanager
def tidy_end() -> Iterator[None]:
    """Makes a signal to end raise Ended: workers and half files go first.

    A signal that is ignored, as `nohup` does, or that somebody else handles already, stays as it is.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    begun: list[float] = []

    def end(number: int, _frame: object) -> None:
        now = time.monotonic()
        if (
            not begun or now - begun[-1] > _SECONDS_TO_TIDY
        ):  # a second one would break off the tidying
            begun.append(now)
            raise Ended(128 + number)

    ours = [number for number in _SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
