"""What is said of rows that a loader makes columns of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ftdata import validate


def told(path: Path, rows: list[Any], target: str) -> list[str]:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = validate(path, target=target, select=["FT61"]).findings
    return [f"{one.line} {one.pointer} {one.code} {one.severity}" for one in found]


def chat(content: Any, **more: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": content}], **more}


@pytest.mark.parametrize(
    ("rows", "now", "before"),
    [
        ([chat("a"), chat("b")], [], []),
        (
            [chat("42"), chat(["a"])],
            ["2 /messages/0/content FT612 warning"],
            ["2 /messages/0/content FT611 error"],
        ),
        (
            [chat("a"), chat(["a"])],
            ["2 /messages/0/content FT612 info"],
            ["2 /messages/0/content FT611 error"],
        ),
        ([chat("a", m=None), chat("b", m={"x": 1})], [], []),
        ([chat("a", m={"x": 1}), chat("b", m={"y": 1})], [], ["1 /m FT614 warning"]),
        ([chat("a", tools=[]), chat("b")], ["2  FT614 info"], ["2  FT614 info"]),
        ([chat("a", n=1), chat("b", n=1.5)], ["2 /n FT617 warning"], ["2 /n FT617 warning"]),
        (
            [chat("a", day="2024-01-02"), chat("b", day="2024-01-03")],
            ["1 /day FT615 warning"],
            ["1 /day FT615 warning"],
        ),
        (
            [chat("a", id="1", source="s", model="m", system_prompt="p")],
            ["1  FT616 error"],
            [],
        ),
    ],
)
def test_loaders_of_different_versions_differ(
    rows: list[Any], now: list[str], before: list[str], tmp_path: Path
) -> None:
    assert told(tmp_path / "rows.jsonl", rows, "trl-sft") == now
    assert told(tmp_path / "rows.jsonl", rows, "llamafactory-alpaca") == before


def test_a_key_behind_the_first_ten_mebibytes_is_named_with_its_line(tmp_path: Path) -> None:
    long = chat("x" * 2**20)
    rows = [long] * 11 + [chat("a", tools=[{"type": "function"}])]
    assert told(tmp_path / "a.jsonl", rows, "trl-sft") == ["12 /tools FT613 error"]
    assert told(tmp_path / "a.jsonl", rows[::-1], "trl-sft") == ["2  FT614 info"]
    assert told(tmp_path / "a.jsonl", rows, "autotrain-sft") == ["1  FT614 info"]


def test_both_places_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first, second = Path("a.jsonl"), Path("b.jsonl")
    first.write_text(json.dumps(chat("a", id=1)) + "\n", encoding="utf-8")
    second.write_text(json.dumps(chat("a", id="x")) + "\n", encoding="utf-8")
    (found,) = validate([first, second], target="trl-sft", select=["FT61"]).findings
    assert (found.file, found.line, found.code) == (str(second), 1, "FT611")
    assert "/id is a number on line 1 of a.jsonl and a text here" in found.message


def test_more_kinds_than_are_kept_are_said_once(tmp_path: Path) -> None:
    rows = [chat("a", meta={f"k{number}": 1}) for number in range(5000)]
    found = told(tmp_path / "a.jsonl", rows, "trl-sft")
    assert [one.split(" ", 2)[2] for one in found if "FT618" in one] == ["FT618 info"]
