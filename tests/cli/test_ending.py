"""A command that is told to end takes its half-written files with it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ftdata.commands.ending import tidy_end

ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@pytest.mark.skipif(sys.platform == "win32", reason="there, a signal just ends the process")
@pytest.mark.parametrize("number", ENDING)
def test_half_a_file_goes_with_its_process(tmp_path: Path, number: int) -> None:
    arguments = ["convert", "-", "--from", "chat", "--input-type", "jsonl", "-o", "out/train.jsonl"]
    with subprocess.Popen(
        [sys.executable, "-m", "ftdata", *arguments],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # nohup makes all below it deaf
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        reply = '{"role": "assistant", "content": "A"}'
        line = '{"messages": [{"role": "user", "content": "' + "Q" * 500 + f'"}}, {reply}]}}\n'
        process.stdin.write(line * 20_000)  # more than is looked at to tell the layout
        process.stdin.flush()
        while not list(tmp_path.glob("out/.*.part")):
            assert process.poll() is None
        process.send_signal(number)
        assert process.wait(30) == 128 + number
        assert "interrupted" in process.stderr.read()
    assert list(tmp_path.glob("out/*")) == []
    assert list(tmp_path.glob("out/.*")) == []


def test_handlers_of_others_stay() -> None:
    def theirs(*_: object) -> None: ...

    before = signal.signal(signal.SIGTERM, theirs)
    try:
        with tidy_end():
            assert signal.getsignal(signal.SIGTERM) is theirs
    finally:
        signal.signal(signal.SIGTERM, before)


def test_another_thread_leaves_signals_alone() -> None:
    seen = []

    def look() -> None:
        with tidy_end():
            seen.append(signal.getsignal(signal.SIGTERM))

    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [before]


def sent_twice() -> None:
    with tidy_end():
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGTERM)


def test_only_the_first_signal_counts() -> None:
    with pytest.raises(SystemExit) as ended:
        sent_twice()
    assert ended.value.code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
