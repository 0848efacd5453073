"""What `ftdata convert` says of what a target has no place for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ftdata.rules.page import read_page
from ftdata.rules.registry import page_of
from ftdata.rules.shape.schema_check import SchemaCheck

from .conftest import Ftdata

ASK = {"role": "user", "content": "Rome?"}
SAY = {"role": "assistant", "content": "Sunny."}
ROWS: list[Any] = [
    {"messages": [ASK, SAY]},
    {"messages": [{**ASK, "name": "ann"}, SAY, {**ASK, "name": "ann"}, SAY], "id": 4},
    {"messages": [{**ASK, "name": "ann"}, {**SAY, "reasoning_content": "?"}]},
]
OUT = ("--to", "torchtune-chat", "-o", "out.jsonl")


def fits(schema: str, value: Any) -> bool:
    return SchemaCheck({"$ref": f"output/{schema}.json"}).is_valid(value)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def test_losses_are_counted_and_named(ftdata: Ftdata, rows: Path) -> None:
    outcome = ftdata("convert", rows.name, *OUT)
    assert outcome.code == 0
    said = [line for line in outcome.err.splitlines() if line.startswith("lost ")]
    assert said == [
        "lost name-dropped: the name of a speaker or of a tool is left out of a turn "
        "(2 rows, 3 times, first rows.jsonl:2)",
        "lost thought-dropped: thoughts of the assistant are left out (1 row, first rows.jsonl:3)",
    ]
    assert "not carried to the target: id (1)" in outcome.err


def test_on_loss_fail_rejects_rows_that_would_lose_something(ftdata: Ftdata, rows: Path) -> None:
    outcome = ftdata("convert", rows.name, *OUT, "--on-loss", "fail")
    assert outcome.code == 1
    assert "FT230 lossy-row: 2" in outcome.err
    assert "lost " not in outcome.err.replace("would lose", "")
    written = rows.with_name("out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in written] == ROWS[:1]
    rejects = rows.with_name("out.rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["original"] for line in rejects] == ROWS[1:]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_accounts_are_written_as_json(ftdata: Ftdata, rows: Path, workers: str) -> None:
    outcome = ftdata("convert", rows.name, *OUT, "--report", "report.json", "--workers", workers)
    assert outcome.code == 0
    report = json.loads(rows.with_name("report.json").read_text(encoding="utf-8"))
    assert fits("conversion", report)
    assert report["rows"] == {"read": 3, "written": 3, "rejected": 0, "dropped": 0}
    assert report["losses"] == {
        "key-dropped": {"rows": 1, "times": 1, "first": {"source": "rows.jsonl", "row": 2}},
        "name-dropped": {"rows": 2, "times": 3, "first": {"source": "rows.jsonl", "row": 2}},
        "thought-dropped": {"rows": 1, "times": 1, "first": {"source": "rows.jsonl", "row": 3}},
    }
    assert report["not_carried"] == {"id": 1}


def test_a_folder_has_its_losses_in_the_manifest_and_a_rerun_too(
    ftdata: Ftdata, rows: Path
) -> None:
    for _ in range(2):
        assert ftdata("convert", rows.name, "--to", "torchtune-chat", "-o", "out/").code == 0
        manifest = json.loads(rows.with_name("out.manifest.json").read_text(encoding="utf-8"))
        assert fits("manifest", manifest)
        assert manifest["losses"]["name-dropped"]["rows"] == 2
        assert manifest["losses"]["thought-dropped"]["first"]["row"] == 3


@pytest.mark.parametrize("name", ["out.jsonl", "./out.jsonl", "bad.jsonl"])
def test_accounts_and_rows_cannot_share_a_file(ftdata: Ftdata, rows: Path, name: str) -> None:
    outcome = ftdata("convert", rows.name, *OUT, "--rejects", "bad.jsonl", "--report", name)
    assert outcome.code == 2
    assert "cannot take both" in outcome.err
    assert not rows.with_name("out.jsonl").exists()


def test_the_page_of_the_code_is_true(ftdata: Ftdata, tmp_path: Path) -> None:
    page = read_page(page_of("FT230"))
    for part, code in (("Flagged", 1), ("Clean", 0)):
        for snippet in page.snippets(part):
            (tmp_path / "one.jsonl").write_text(snippet, encoding="utf-8")
            arguments = ("--to", "openai-sft", "-o", "out.jsonl", "--on-loss", "fail")
            outcome = ftdata("convert", "one.jsonl", *arguments)
            assert outcome.code == code
            assert ("FT230" in outcome.err) == bool(code)
