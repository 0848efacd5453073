"""The library takes what people have, and gives results without printing or exiting."""

from __future__ import annotations

import io
import json
import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas
import pyarrow
import pytest

from ftdata import (
    FtdataError,
    ReadOptions,
    UndecidedLayout,
    UnknownName,
    UnreadableSource,
    UsageError,
    check_example,
    convert,
    estimate,
    validate,
)

GOOD: dict[str, Any] = {
    "messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]
}
BAD: dict[str, Any] = {"messages": [{"role": "user", "content": "hi"}]}
LINES = (json.dumps(GOOD) + "\n" + json.dumps(BAD) + "\n").encode()
FORMS: dict[str, Callable[[], object]] = {
    "list": lambda: [GOOD, BAD],
    "generator": lambda: (row for row in [GOOD, BAD]),
    "DataFrame": lambda: pandas.DataFrame([GOOD, BAD]),
    "Table": lambda: pyarrow.Table.from_pylist([GOOD, BAD]),
    "RecordBatchReader": lambda: pyarrow.Table.from_pylist([GOOD, BAD]).to_reader(),
    "bytes file": lambda: io.BytesIO(LINES),
    "text file": lambda: io.StringIO(LINES.decode()),
}


@pytest.mark.parametrize("form", FORMS)
def test_validate_takes_data_in_memory(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    result = validate(FORMS[form](), target="openai-sft", ignore=["FT601"])
    assert not result.ok
    assert result.summary["records"] == 2
    (finding,) = result.findings
    assert (finding.code, finding.line, finding.file) == ("FT302", 2, "<data>")
    assert str(finding).startswith("<data>:2 /messages FT302 ")
    assert capsys.readouterr() == ("", "")


def test_validate_takes_a_path_paths_and_a_folder(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(LINES)
    assert validate(tmp_path / "a.jsonl").summary["records"] == 2
    assert validate([tmp_path / "a.jsonl", str(tmp_path / "b.jsonl")]).summary["files"] == 2
    assert validate(str(tmp_path)).summary["records"] == 4


def test_results_are_plain_values_that_fit_the_promise() -> None:
    result = validate([GOOD, BAD, BAD], target="openai-sft", ignore=["FT601"], count_tokens=True)
    assert result.tokens == 11
    report = result.to_json(max_findings=1)
    assert report["summary"]["by_code"] == {"FT302": 2}
    assert len(report["findings"]) == 1
    json.dumps(report)


def test_check_example_gives_the_faults_of_one_record() -> None:
    assert check_example(GOOD, target="openai-sft") == []
    (finding,) = check_example(BAD, target="azure-sft")
    assert finding.name == "no-assistant-turn"
    assert "azure-sft" in finding.message


@pytest.mark.parametrize("form", ["list", "DataFrame", "Table"])
def test_convert_gives_rows_where_no_file_is_named(form: str) -> None:
    rows = [{"question": "00501?", "answer": "NA"}, {"question": "b", "answer": None}]
    data: object = {
        "list": rows,
        "DataFrame": pandas.DataFrame(rows),
        "Table": pyarrow.Table.from_pylist(rows),
    }[form]
    result = convert(data, to="openai-sft")
    assert [[m["content"] for m in row["messages"]] for row in result.rows] == [["00501?", "NA"]]
    assert not result.ok
    assert result.accounts.reasons == {"FT222": 1}


def test_convert_writes_a_file_where_one_is_named(tmp_path: Path) -> None:
    result = convert([GOOD], to="trl-sft", output=tmp_path / "x" / "train.jsonl")
    assert result.ok
    assert result.rows == []
    assert json.loads((tmp_path / "x" / "train.jsonl").read_bytes()) == GOOD


def test_estimate_gives_exact_money() -> None:
    result = estimate([GOOD] * 200, target="openai-sft", models=["gpt-4.1-mini"], epochs=2)
    (quote,) = result.quotes
    assert quote.training_tokens == 4400
    assert quote.cost == Decimal("0.022")


def test_where_nothing_can_be_tuned_any_more_all_models_are_priced_and_say_so() -> None:
    result = estimate([GOOD], target="openai-sft", today=date(2027, 1, 6))
    assert result.retired == ()
    assert len(result.quotes) > 4
    assert not any(quote.tunable for quote in result.quotes)
    assert all("no new jobs since" in quote.notes[0] for quote in result.quotes)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: validate("nowhere.jsonl"), UnreadableSource),
        (lambda: validate([GOOD], target="nobody"), UnknownName),
        (lambda: validate(3), UsageError),
        (lambda: convert([{"colour": "red"}]), UndecidedLayout),
        (lambda: convert([GOOD], layout="no-such"), UnknownName),
        (lambda: convert([GOOD], sample=1), UsageError),
        (lambda: convert([GOOD], output="-", split=0.5), UsageError),
        (lambda: convert([GOOD], output="x", split=2), UsageError),
        (lambda: convert([GOOD], output="x", sample=0), UsageError),
        (lambda: estimate([GOOD], price=Decimal("NaN")), UsageError),
    ],
)
def test_wrong_use_raises_errors_that_survive_pickling(
    call: Callable[[], object], error: type[FtdataError]
) -> None:
    with pytest.raises(error) as caught:
        call()
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert str(again) == str(caught.value)
    assert vars(again) == vars(caught.value)


def test_reading_options_decide_what_a_source_does_not_say(tmp_path: Path) -> None:
    (tmp_path / "faq.csv").write_bytes("Frage;Antwort\nÖl?;für 3€\n".encode("cp1252"))
    reading = ReadOptions(encoding="cp1252", delimiter=";")
    said: list[str] = []
    result = convert(
        tmp_path / "faq.csv", reading=reading, announce=lambda _, text: said.append(text)
    )
    assert [m["content"] for m in result.rows[0]["messages"]] == ["Öl?", "für 3€"]
    assert any("cp1252" in text for text in said)
