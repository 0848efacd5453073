"""A finding as users meet it: with its name, its text and its repair. The shape is a promise."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ftdata.model import Finding
from ftdata.rules.messages import message_of, shown
from ftdata.rules.registry import rule_coded


@dataclass(frozen=True)
class DescribedFinding:
    """One finding; the fields are those of schemas/output/findings.json."""

    code: str
    name: str
    severity: str
    file: str
    line: int
    pointer: str
    message: str
    fix: str | None

    def to_json(self) -> dict[str, Any]:
        """Gives plain values."""
        return asdict(self)

    def __str__(self) -> str:
        place = f"{shown(self.file)}:{self.line}" + (
            f" {shown(self.pointer)}" if self.pointer else ""
        )
        mark = "" if self.severity == "error" else f"{self.severity}: "
        return f"{place} {self.code} {mark}{self.message}"


def describe(finding: Finding) -> DescribedFinding:
    """Fills in what follows from the code."""
    rule = rule_coded(finding.code)
    message = message_of(finding.code, finding.params)
    return DescribedFinding(
        code=finding.code,
        name=rule.name,
        severity=finding.severity,
        file=finding.file,
        line=finding.line,
        pointer=finding.pointer,
        message=f"{message} ({finding.target})" if finding.target else message,
        fix=rule.fix,
    )
