"""`ftdata estimate`: bills, break-even, the gate on spending, and the comparison of vendors."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from ftdata import UsageError, compare
from ftdata.rules.shape.schema_check import SchemaCheck
from tests.shared_data import shared_file

from .conftest import Ftdata, Outcome

GOOD = '{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]}\n'
DAY = int(datetime(2026, 11, 22, tzinfo=timezone.utc).timestamp())


@pytest.fixture
def estimate(ftdata: Ftdata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ftdata:
    """Estimates 20 rows of 11 tokens, as on 2026-11-22."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))
    (tmp_path / "train.jsonl").write_text(GOOD * 20, encoding="utf-8")
    (tmp_path / "valid.jsonl").write_text(GOOD * 10, encoding="utf-8")

    def call(*arguments: object) -> Outcome:
        return ftdata("estimate", "train.jsonl", *arguments)

    return call


def told(outcome: Outcome, schema: str = "estimate") -> Any:
    written = json.loads(outcome.out)
    assert not list(SchemaCheck({"$ref": f"output/{schema}.json"}).explain(written))
    return written


def bill_of(outcome: Outcome) -> Any:
    return told(outcome)["models"][0]["bill"]


def test_the_bill_of_hosting_and_requests(estimate: Ftdata) -> None:
    options = ("--target", "azure-sft", "--model", "gpt-4.1-mini", "--requests", "1000000")
    stated = ("--prompt-tokens", "200", "--completion-tokens", "100")
    bill = bill_of(estimate(*options, *stated, "--output-format", "json"))
    assert bill["hosting_per_month"]["expected"] == "1224"
    assert bill["inference_per_month"]["expected"] == "240"
    text = estimate(*options, *stated).out
    assert "1,000,000 requests a month" in text
    assert "hosting: 720 hours a month of 1.7 USD an hour" in text


def test_validation_is_judged_and_billed_where_the_vendor_does(estimate: Ftdata) -> None:
    options = ("--validation", "valid.jsonl", "--output-format", "json")
    model = ("--target", "together-sft", "--model", "gpt-oss-20b")
    bill = bill_of(estimate(*model, *options))
    assert bill["validation_tokens"] == {"low": "0", "expected": "110", "high": "110"}
    bill = bill_of(estimate(*model, *options, "--evaluations", "3"))
    assert bill["validation_tokens"]["low"] == "330"
    outcome = estimate(*options)
    assert told(outcome)["validation"]["records"] == 10
    assert bill_of(outcome)["validation_tokens"]["high"] == "0"


def test_hours_price_a_job_that_is_billed_by_time(
    ftdata: Ftdata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))
    row = '{"messages": [{"role": "user", "content": "2+2?"}], "answer": "4"}\n'
    (tmp_path / "rft.jsonl").write_text(row * 20, encoding="utf-8")
    options = ("estimate", "rft.jsonl", "--target", "azure-rft", "--model", "o4-mini")
    assert "--hours LOW-HIGH gives a cost" in ftdata(*options).out.replace("\n  ", " ")
    assert ftdata(*options, "--max-spend", "1000").code == 1
    outcome = ftdata(*options, "--hours", "2-10", "--output-format", "json")
    assert bill_of(outcome)["training"] == {"low": "200", "expected": "600", "high": "1000"}


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--model", "gpt-4.1-mini", "--max-spend", "0.01"), 0, ""),
        (("--model", "gpt-4.1-mini", "--max-spend", "0.001"), 1, "is 0.0055 USD, above"),
        (("--model", "gpt-4.1-mini", "--model", "gpt-4.1", "--max-spend", "0.01"), 1, "gpt-4.1-20"),
        (("--max-spend", "0.01"), 0, ""),
        (("--max-spend", "0.00001"), 1, "the cheapest, gpt-4o-mini"),
        (("--target", "nebius-sft", "--max-spend", "9"), 1, "not known, which counts as above"),
        (("--compare", "--max-spend", "0.001"), 0, ""),
        (("--compare", "--max-spend", "0"), 1, "the cheapest, "),
    ],
)
def test_the_gate_on_spending(
    estimate: Ftdata, options: tuple[str, ...], code: int, said: str
) -> None:
    """5 epochs of 220 tokens, for 5 USD a million at gpt-4.1-mini."""
    outcome = estimate(*options)
    assert outcome.code == code
    assert said in outcome.err
    schema = "comparison" if "--compare" in options else "estimate"
    limit = told(estimate(*options, "--output-format", "json"), schema)["max_spend"]
    assert limit["kept"] is (code == 0)
    assert bool(limit["above"]) is (code == 1)


def test_epochs_by_rule_and_the_advice(estimate: Ftdata) -> None:
    options = ("--target", "azure-sft", "--model", "gpt-4.1", "--output-format", "json")
    for asked, epochs in (("vendor", 2), ("cookbook", 5), ("between", 3), ("4", 4)):
        epochs_said = told(estimate(*options, "--epochs", asked))["epochs"]
        assert epochs_said["value"] == epochs
        assert epochs_said["advice"]["vendor"]["value"] == 2
        assert epochs_said["advice"]["cookbook"]["value"] == 5
        assert epochs_said["advice"]["suggested"] == 3
    assert estimate("--epochs", "0").code == 2
    assert estimate("--epochs", "many").code == 2
    text = estimate("--target", "azure-sft", "--model", "gpt-4.1").out
    assert "advice: vendor 2, cookbook 5; suggested 3: " in text


def test_break_even_on_the_command_line(estimate: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "prompt.txt").write_text("Be brief. " * 999 + "Be brief.", encoding="utf-8")
    options = ("--target", "azure-sft", "--model", "gpt-4.1-nano", "--requests", "1000000")
    tokens = ("--prompt-tokens", "200", "--completion-tokens", "200")
    today = ("--baseline-model", "gpt-4.1", "--baseline-prompt", "prompt.txt")
    outcome = estimate(*options, *tokens, *today, "--output-format", "json")
    routes = {one["route"]: one for one in bill_of(outcome)["break_even"]["routes"]}
    assert list(routes) == ["shorter prompt", "smaller model"]
    assert routes["smaller model"]["before"] == "0.0076"  # 3,000 tokens in, 200 out
    assert routes["smaller model"]["pays_back"] == "yes"
    assert routes["shorter prompt"]["pays_back"] == "never"  # 280 USD saved, 1,224 of hosting
    text = estimate(*options, *tokens, *today).out
    assert "break-even of gpt-4.1-nano, USD a request" in text
    assert "only you can measure it" in text


def test_what_today_costs_can_be_stated(estimate: Ftdata) -> None:
    options = ("--model", "gpt-4.1-mini", "--baseline-tokens", "2000", "--output-format", "json")
    stated = ("--baseline-price", "1/2", "--prompt-tokens", "200", "--completion-tokens", "200")
    routes = bill_of(estimate(*options, *stated))["break_even"]["routes"]
    assert [one["before"] for one in routes] == ["0.0024"]
    assert estimate(*options, "--baseline-price", "1").code == 2
    assert estimate(*options, "--baseline-model", "nobody").code == 2
    assert estimate(*options, "--baseline-prompt", "missing.txt").code == 2


def test_a_comparison_says_why_others_do_not_take_the_data(estimate: Ftdata) -> None:
    found = told(estimate("--compare", "--output-format", "json"), "comparison")
    refused = {one["target"]: one["errors"] for one in found["refused"]}
    assert refused["openai-rft"][0]["code"] == "FT301"
    assert refused["openai-rft"][0]["findings"] == 20
    taken = {one["target"] for one in found["choices"]}
    assert taken.isdisjoint(refused)
    assert {"openai-sft", "azure-sft", "together-sft", "fireworks-sft"} <= taken
    alone = told(estimate("--target", "azure-sft", "--output-format", "json"))["models"]
    for one in alone:
        (same,) = (
            other
            for other in found["choices"]
            if (other["target"], other["model"]) == ("azure-sft", one["model"])
        )
        assert one == {key: value for key, value in same.items() if key != "target"}


def test_a_comparison_takes_no_pipe_and_no_option_of_one_target(
    estimate: Ftdata, ftdata: Ftdata
) -> None:
    outcome = estimate("--compare", "--model", "gpt-4.1")
    assert outcome.code == 2
    assert "--model is of one target" in outcome.err
    piped = ftdata("estimate", "-", "--compare", stdin=GOOD.encode())
    assert piped.code == 2
    assert "more than once" in piped.err
    with pytest.raises(UsageError):
        compare(iter([json.loads(GOOD)]))


@pytest.mark.shared_data
def test_a_file_of_microsofts_has_many_takers_and_no_retired_one(
    ftdata: Ftdata, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))
    source = shared_file("azureml_ft/data__chat_train.jsonl")
    outcome = ftdata("estimate", source, "--compare", "--output-format", "json")
    found = told(outcome, "comparison")
    assert len(found["choices"]) >= 10
    assert all(one["tunable"] for one in found["choices"])
    names = {one["model"] for one in found["choices"]}
    assert names.isdisjoint({"gpt-3.5-turbo", "gpt-4.1-nano-2025-04-14", "gpt-4-0613"})
    costs = [one["cost"] for one in found["choices"]]
    known = [float(cost) for cost in costs if cost is not None]
    assert known == sorted(known)
    assert costs[len(known) :] == [None] * (len(costs) - len(known))
    text = ftdata("estimate", source, "--compare").out
    assert "openai-sft               4  2027-01-06    2027-01-14    2026-08-05" in text
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.shared_data
def test_the_golden_bill_of_4445_tokens(ftdata: Ftdata, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))
    source = shared_file("token_counts/fine_tuning_13_rows.jsonl")
    for epochs in ("7", "cookbook"):
        options = ("--model", "gpt-3.5-turbo", "--epochs", epochs, "--output-format", "json")
        (model,) = told(ftdata("estimate", source, *options))["models"]
        assert model["training_tokens"] == 4445
        assert model["bill"]["training"]["expected"] == model["cost"] == "0.03556"
