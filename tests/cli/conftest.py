"""Runs the command line in this process, in an empty folder."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ftdata.commands.main import run


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Ftdata = Callable[..., Outcome]


class _Stream(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    @property
    def text(self) -> str:
        return self.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


@pytest.fixture
def ftdata(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ftdata:
    """Calls `ftdata ARGUMENT...` in tmp_path; `stdin` is handed to it as bytes."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object, stdin: bytes | None = None) -> Outcome:
        out, err = _Stream(), _Stream()
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run([str(argument) for argument in arguments])
        return Outcome(code, out.text, err.text)

    return call
