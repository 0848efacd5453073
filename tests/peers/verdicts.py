"""What ftdata says of a row: whether the target trains on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ftdata import convert, validate
from ftdata.catalog.target_catalog import load_target
from ftdata.engines.side_files import write_side_files
from ftdata.rules.registry import rule_coded

CHECKOUT = Path(__file__).resolve().parents[2]
CHATS = CHECKOUT / "sample_data" / "support.jsonl"
PAIRS = CHECKOUT / "sample_data" / "preferences.jsonl"
JUDGED = CHECKOUT / "tests" / "cases" / "layouts" / "kto" / "input.jsonl"
TEXTS = CHECKOUT / "sample_data" / "handbook.md"

#: What there is to convert for each method.
SOURCES = {
    "sft": [CHATS, PAIRS],
    "rft": [CHATS, PAIRS],
    "dpo": [PAIRS],
    "kto": [JUDGED],
    "text": [TEXTS],
}

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


def converted(target_id: str) -> list[dict[str, Any]]:
    """Rows that ftdata writes for the target and takes itself, made of the samples with such examples."""
    rows: list[dict[str, Any]] = []
    for source in SOURCES[load_target(target_id).method]:
        result = convert(str(source), to=target_id)
        rows += [row for row in result.rows if takes(target_id, row)]
    return rows


def write_rows(target_id: str, rows: list[dict[str, Any]], folder: Path) -> Path:
    """Writes the rows into a new folder, under the name that some trainers ask for.

    Beside them is what convert writes for the trainer; it names them as training and as validation rows.
    """
    folder.mkdir()
    path = folder / "train.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    write_side_files(load_target(target_id).side_files, [str(path)] * 2)
    return path
