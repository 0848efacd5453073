"""The answers to "is it worth it?", one question a line."""

from __future__ import annotations

from collections.abc import Sequence

from ftdata.costs.worth import Answer
from ftdata.reports.wrapped import wrapped

_INDENT = " " * 13


def worth_text(answers: Sequence[Answer]) -> str:
    """Gives one line or more for each question."""
    lines = ["worth it?"]
    for answer in answers:
        lines += wrapped(answer.text, first=f"  {answer.question:<11}", then=_INDENT)
    return "\n".join(lines)
