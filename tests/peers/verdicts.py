"""What ftdata says of a row: whether the target trains on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ftdata import validate
from ftdata.catalog.target_catalog import load_target
from ftdata.engines.side_files import write_side_files
from ftdata.rules.registry import rule_coded

#: Rules on a whole file, or on the day: a single row says nothing about them.
NOT_OF_ROWS = ("FT6", "FT701", "FT702")


def takes(target_id: str, row: dict[str, Any]) -> bool:
    """False where the row is refused (an error), or said to be dropped (a warning that says so)."""
    facts = load_target(target_id).facts
    for finding in validate([row], target=target_id, ignore=NOT_OF_ROWS).findings:
        fact = facts.get(rule_coded(finding.code).fact or "")
        if finding.severity == "error" or (fact is not None and fact.effect == "drop"):
            return False
    return True


def write_rows(target_id: str, rows: list[dict[str, Any]], path: Path) -> Path:
    """Writes the rows, and beside them what convert writes for the trainer."""
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    write_side_files(load_target(target_id).side_files, [str(path)])
    return path
