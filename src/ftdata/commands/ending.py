"""What ends the command line from outside, apart from Ctrl-C."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: A service that is stopped, a terminal that is closed. Windows knows only the first.
_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


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
    ours = [number for number in _SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: object) -> None:
    for again in _SIGNALS:
        if signal.getsignal(again) is _end:
            signal.signal(again, signal.SIG_IGN)  # a second one would break off the tidying
    raise Ended(128 + number)
