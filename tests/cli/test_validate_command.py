"""`ftdata validate` as scripts and people meet it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from ftdata.resources import load_schema

from .conftest import Ftdata

GOOD = '{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]}\n'
BAD_ROLE = GOOD.replace("user", "bot")
NO_ANSWER = '{"messages": [{"role": "user", "content": "hi"}]}\n'


def test_a_clean_file_exits_with_0_and_one_line_of_totals(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD * 10, encoding="utf-8")
    outcome = ftdata("validate", "good.jsonl", "--target", "openai-sft")
    assert outcome.code == 0
    assert outcome.out == "10 records: 10 valid, 0 invalid; 0 errors, 0 warnings (openai-sft)\n"


def test_a_finding_names_file_line_pointer_code_and_target(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text(GOOD + BAD_ROLE + GOOD * 8, encoding="utf-8")
    outcome = ftdata("validate", "train.jsonl", "--target", "openai-sft")
    assert outcome.code == 1
    first = outcome.out.splitlines()[0]
    assert first.startswith("train.jsonl:2 /messages/0/role FT303 role 'bot' ")
    assert first.endswith("(openai-sft)")


def test_json_output_fits_its_schema_and_counts_everything(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text((GOOD + BAD_ROLE + NO_ANSWER) * 20, encoding="utf-8")
    outcome = ftdata(
        *("validate", "train.jsonl", "--target", "openai-sft"),
        *("--output-format", "json", "--max-findings", "5"),
    )
    report = json.loads(outcome.out)
    jsonschema.validate(report, load_schema("output/findings.json"))
    assert report["summary"]["by_code"] == {"FT302": 20, "FT303": 20}
    assert report["summary"]["invalid"] == 40
    assert [finding["line"] for finding in report["findings"]] == [2, 3, 5, 6, 8]


def test_standard_input_is_read_once_and_whole(ftdata: Ftdata) -> None:
    outcome = ftdata("validate", "-", stdin=(GOOD + NO_ANSWER).encode())
    assert outcome.code == 1
    assert ":2 " in outcome.out.splitlines()[0]
    assert "2 records: 1 valid, 1 invalid" in outcome.out


def test_warnings_fail_only_when_strict(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "blank.jsonl").write_text(GOOD + "\n" + GOOD, encoding="utf-8")
    assert ftdata("validate", "blank.jsonl", "--target", "openai-sft").code == 0
    strict = ftdata("validate", "blank.jsonl", "--target", "openai-sft", "--strict")
    assert strict.code == 1
    assert "blank.jsonl:2 FT110 warning: " in strict.out


@pytest.mark.parametrize("chosen", ["FT302", "ft302", "FT3", "no-assistant-turn"])
def test_codes_are_selected_by_code_prefix_or_name(
    ftdata: Ftdata, tmp_path: Path, chosen: str
) -> None:
    (tmp_path / "train.jsonl").write_text(NO_ANSWER + "{\n" + GOOD, encoding="utf-8")
    outcome = ftdata("validate", "train.jsonl", "--select", chosen, "--output-format", "json")
    assert set(json.loads(outcome.out)["summary"]["by_code"]) == {"FT302"}
    ignored = ftdata("validate", "train.jsonl", "--ignore", chosen, "--output-format", "json")
    assert set(json.loads(ignored.out)["summary"]["by_code"]) == {"FT104"}


def test_statistics_count_each_code(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text(BAD_ROLE * 4 + NO_ANSWER, encoding="utf-8")
    outcome = ftdata("validate", "train.jsonl", "--max-findings", "0", "--statistics")
    assert "    4  FT303  unknown-role" in outcome.out
    assert "    1  FT302  no-assistant-turn" in outcome.out


def test_tokens_are_counted_when_asked(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD, encoding="utf-8")
    outcome = ftdata("validate", "good.jsonl", "--count", "--output-format", "json")
    # One for the row, four for each message, one for each word.
    assert json.loads(outcome.out)["summary"]["tokens"] == 11


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("validate", "nowhere.jsonl"), "nowhere.jsonl"),
        (("validate", "good.jsonl", "--target", "opnai-sft"), "did you mean openai-sft"),
        (("validate", "good.jsonl", "--target", "openai-sft", "--model", "gpt-9"), "gpt-9"),
        (("validate", "good.jsonl", "--select", "FT9"), "FT9"),
        (("validate",), "SOURCE"),
        (("explain", "FT999"), "FT999"),
    ],
)
def test_wrong_use_exits_with_2_and_says_what_is_allowed(
    ftdata: Ftdata, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD, encoding="utf-8")
    outcome = ftdata(*arguments)
    assert outcome.code == 2
    assert says in outcome.err
    assert not outcome.out


def test_options_can_stand_in_a_file_and_the_command_line_wins(
    ftdata: Ftdata, tmp_path: Path
) -> None:
    (tmp_path / "train.jsonl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "ftdata.toml").write_text('[validate]\ntarget = "openai-sft"\n', encoding="utf-8")
    assert "(openai-sft)" in ftdata("validate", "train.jsonl").out
    assert "(trl-sft)" in ftdata("validate", "train.jsonl", "--target", "trl-sft").out


def test_an_unknown_option_in_a_file_is_wrong_use(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ftdata]\ntaget = 1\n", encoding="utf-8")
    outcome = ftdata("validate", "train.jsonl")
    assert outcome.code == 2
    assert "did you mean target" in outcome.err


def test_control_characters_of_the_data_never_reach_the_terminal(
    ftdata: Ftdata, tmp_path: Path
) -> None:
    hostile = "\x1b]0;owned\x07\u202e\u009b31m"
    row = {"messages": [{"role": hostile, "content": "hi"}], hostile: 1}
    (tmp_path / "train.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    outcome = ftdata("validate", "train.jsonl", "--target", "openai-sft")
    assert outcome.code == 1
    assert "\\x1b]0;owned\\x07\\u202e\\x9b31m" in outcome.out
    printed = ftdata("validate", "train.jsonl", "--output-format", "json").out
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & {*printed}
    json.loads(printed)
    assert all(c.isprintable() or c == "\n" for c in outcome.out + outcome.err)


def test_a_retired_target_says_so_with_its_day(
    ftdata: Ftdata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "train.jsonl").write_text(NO_ANSWER * 10, encoding="utf-8")
    said = "openai-rft is retired: no new jobs since 2026-10-23"
    for day, is_said in (("1792627200", False), ("1795219200", True)):  # 22 October, 21 November
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        outcome = ftdata("validate", "train.jsonl", "--target", "openai-rft")
        assert outcome.code == 0
        assert ("warning: no new jobs since 2026-10-23" in outcome.out) is is_said
        outcome = ftdata("convert", "train.jsonl", "--to", "openai-rft", "-o", "out.jsonl")
        assert (said in outcome.err) is is_said
