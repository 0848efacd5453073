"""One fault at one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """A code, a place and the parameters of its message; the text is made when it is printed.

    `line` is the 1-based line or row in `file`. `source_index` is the place of the file among the
    sources of the run. `target` is the one it was judged against.
    """

    code: str
    severity: str
    file: str
    line: int
    pointer: str
    params: Mapping[str, object] = field(default_factory=dict)
    target: str = ""
    source_index: int = 0

    @property
    def place(self) -> tuple[int, int, str]:
        """Sorts findings: source, line, pointer."""
        return (self.source_index, self.line, self.pointer)

    def to_json(self) -> dict[str, Any]:
        """Gives the finding as plain values; `Finding(**it)` reads it back."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "pointer": self.pointer,
            "params": dict(self.params),
            "target": self.target,
            "source_index": self.source_index,
        }
