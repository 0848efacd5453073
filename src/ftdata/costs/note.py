"""A sentence beside a figure: what was assumed, or is not known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """`source` is where it stands written; empty for what was seen in the data itself."""

    text: str
    source: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.source})" if self.source else self.text
