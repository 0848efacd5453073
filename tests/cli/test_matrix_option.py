"""`ftdata validate` against several targets."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import ftdata as library
from ftdata.catalog.target_catalog import target_ids
from ftdata.errors import UnknownName, UsageError
from ftdata.resources import load_schema

from .conftest import Ftdata

GOOD = '{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]}\n'
NO_ANSWER = '{"messages": [{"role": "user", "content": "hi"}]}\n'


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 2026-11-22


def test_all_targets_are_one_table_of_80_columns(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text((GOOD * 9 + NO_ANSWER) * 300, encoding="utf-8")
    outcome = ftdata("validate", "train.jsonl", "--target", "all")
    lines = outcome.out.splitlines()
    assert lines[0] == "target                 accepts  refuses  because of"
    named = [line.split()[0] for line in lines[1:] if line[:1].strip()]
    assert sorted(named[: len(target_ids())]) == target_ids()
    told = "openai-sft               2,700      300  no new jobs from 2027-01-06; FT302=300"
    assert told in lines
    assert max(map(len, lines)) <= 80
    assert lines[-2:] == [
        f"3000 records; 5 of {len(target_ids())} targets accept all of it.",
        "Each finding: ftdata validate --target TARGET. A code: ftdata explain CODE.",
    ]


def test_all_is_a_survey_and_named_targets_are_demands(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text(GOOD * 60, encoding="utf-8")
    assert ftdata("validate", "train.jsonl", "--target", "all").code == 0
    (tmp_path / "broken.jsonl").write_text(GOOD * 60 + "{", encoding="utf-8")
    assert ftdata("validate", "broken.jsonl", "--target", "all").code == 1
    assert ftdata("validate", "train.jsonl", "--target", "openai-sft,trl-sft").code == 0
    repeated = ftdata("validate", "train.jsonl", "--target", "openai-sft", "--target", "trl-dpo")
    assert repeated.code == 1
    assert "60 records; 1 of 2 targets accepts all of it." in repeated.out
    few = ftdata("validate", "train.jsonl", "--target", "bedrock-nova-sft,trl-sft", "--strict")
    assert few.code == 1


def test_json_output_fits_its_schema_and_agrees_with_each_target(
    ftdata: Ftdata, tmp_path: Path
) -> None:
    (tmp_path / "train.jsonl").write_text((GOOD + "\n" + NO_ANSWER) * 20, encoding="utf-8")
    outcome = ftdata("validate", "train.jsonl", "--target", "all", "--output-format", "json")
    matrix = json.loads(outcome.out)
    jsonschema.validate(matrix, load_schema("output/matrix.json"))
    assert matrix["summary"]["records"] == 40
    for row in matrix["targets"]:
        alone = ftdata(
            *("validate", "train.jsonl", "--target", row["target"], "--output-format", "json")
        )
        summary = json.loads(alone.out)["summary"]
        assert (row["accepted"], row["refused"]) == (summary["valid"], summary["invalid"])
        assert (row["errors"], row["warnings"]) == (summary["errors"], summary["warnings"])
        found = {
            code: times for key in row if key.endswith("_by") for code, times in row[key].items()
        }
        summary["by_code"].pop("FT701", None)  # said by `until` and `retired`
        assert found == summary["by_code"]


def test_workers_folders_and_standard_input_give_the_same(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    text = (GOOD + NO_ANSWER) * 200_000
    (tmp_path / "data" / "train.jsonl").write_text(text, encoding="utf-8")
    options = ("--target", "openai-sft,gemini-sft,trl-sft", "--output-format", "json")
    one = ftdata("validate", "data", *options, "--workers", "1")
    assert ftdata("validate", "data", *options, "--workers", "2").out == one.out
    assert ftdata("validate", "-", *options, stdin=text.encode()).out == one.out


def test_a_json_array_on_standard_input_is_read_once(ftdata: Ftdata) -> None:
    array = f"[{GOOD}, {GOOD}]".encode()
    outcome = ftdata("validate", "-", "--target", "trl-sft,openai-sft", stdin=array)
    assert "trl-sft           2        0" in outcome.out
    assert "openai-sft        0        1" in outcome.out


@pytest.mark.parametrize("option", [("--model", "gpt-4.1"), ("--count",), ("--statistics",)])
def test_what_is_of_one_target_is_refused(
    ftdata: Ftdata, tmp_path: Path, option: tuple[str, ...]
) -> None:
    (tmp_path / "train.jsonl").write_text(GOOD, encoding="utf-8")
    outcome = ftdata("validate", "train.jsonl", "--target", "all", *option)
    assert outcome.code == 2
    assert f"{option[0]} is for one target at a time" in outcome.err


def test_a_target_of_the_configuration_is_one_target(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "ftdata.toml").write_text('[validate]\ntarget = "trl-sft"\n', encoding="utf-8")
    (tmp_path / "train.jsonl").write_text(GOOD, encoding="utf-8")
    assert "(trl-sft)" in ftdata("validate", "train.jsonl").out


def test_the_library_gives_each_result_and_the_rows() -> None:
    rows = [json.loads(GOOD), json.loads(NO_ANSWER)] * 30
    result = library.validate_targets(rows, ["openai-sft", "trl-sft"], keep=3)
    alone = library.validate(rows, target="openai-sft", keep=3)
    assert result.results["openai-sft"].to_json() == alone.to_json()
    assert result.accepting == ["trl-sft"]
    assert [(row.target, row.accepted, row.refused) for row in result.rows] == [
        ("trl-sft", 60, 0),
        ("openai-sft", 30, 30),
    ]
    with pytest.raises(UnknownName):
        library.validate_targets(rows, "openai")
    with pytest.raises(UsageError):
        library.validate_targets(rows, [])
