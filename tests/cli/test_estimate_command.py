"""`ftdata estimate`: exact tokens, dated prices, and what would not be trained on."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource

from ftdata.resources import all_schemas, load_schema

from .conftest import Ftdata, Outcome

GOOD = '{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]}\n'
NO_ANSWER = '{"messages": [{"role": "user", "content": "hi"}]}\n'
DAY = int(datetime(2026, 11, 21, tzinfo=timezone.utc).timestamp())


@pytest.fixture
def estimate(ftdata: Ftdata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ftdata:
    """Estimates 200 good rows and one bad one, as on 2026-11-21."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))
    (tmp_path / "train.jsonl").write_text(GOOD * 200 + NO_ANSWER, encoding="utf-8")

    def call(*arguments: object) -> Outcome:
        return ftdata("estimate", "train.jsonl", *arguments)

    return call


def models_in(outcome: Outcome) -> dict[str, dict[str, object]]:
    report = json.loads(outcome.out)
    registry = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in all_schemas().items()
    )
    schema = {**load_schema("output/estimate.json"), "$id": "output/estimate.json"}
    jsonschema.Draft202012Validator(schema, registry=registry).validate(report)
    return {model["model"]: model for model in report["models"]}


def test_the_table_names_every_model_that_can_be_tuned_and_the_others_below(
    estimate: Ftdata,
) -> None:
    outcome = estimate("--target", "openai-sft")
    assert outcome.code == 1
    lines = outcome.out.splitlines()
    assert lines[0].startswith("201 records, 200 valid for openai-sft; 1 with errors")
    # 11 tokens a row; 3 epochs; 0.000005 USD a token.
    (mini,) = (line for line in lines if line.startswith("gpt-4.1-mini"))
    assert mini.split()[1:] == ["200", "2,200", "2,600", "3", "6,600", "5", "0.0330", "USD"]
    assert "price of 2026-08-05" in outcome.out
    assert "can no longer be tuned: " in outcome.out
    assert "gpt-4.1-nano-2025-04-14 (since 2026-10-23)" in lines[-1]


def test_json_fits_its_schema_and_money_is_exact_text(estimate: Ftdata) -> None:
    outcome = estimate("--output-format", "json", "--model", "gpt-4.1", "--model", "gpt-3.5-turbo")
    models = models_in(outcome)
    assert models["gpt-4.1-2025-04-14"]["cost"] == "0.165"
    assert models["gpt-4.1-2025-04-14"]["tunable"] is True
    retired = models["gpt-3.5-turbo"]
    assert retired["tokenizer"] == "cl100k_base"
    assert retired["tunable"] is False
    assert "no new jobs since 2026-10-23" in retired["notes"]  # type: ignore[operator]


def test_a_stated_price_and_epochs_stand_over_the_catalog(estimate: Ftdata) -> None:
    outcome = estimate(
        *("--model", "gpt-4.1", "--price", "0.1", "--epochs", "2", "--output-format", "json")
    )
    (model,) = models_in(outcome).values()
    assert model["training_tokens"] == 4400
    assert model["cost"] == "0.00044"
    assert model["price"]["source"] == "the user"  # type: ignore[index]


def test_azure_prices_differ_by_tier_and_region(estimate: Ftdata) -> None:
    def price(*options: str) -> object:
        outcome = estimate(
            *("--target", "azure-sft", "--model", "gpt-4.1", "--output-format", "json", *options)
        )
        return models_in(outcome)["gpt-4.1"]["price"]

    def amount(*options: str) -> str:
        return price(*options)["per_million_tokens"]  # type: ignore[index,no-any-return]

    assert amount() == "25"
    assert amount("--tier", "developer") == "12.5"
    assert amount("--tier", "regional", "--region", "swedencentral") == "30.25"
    assert price("--tier", "regional", "--region", "nowhere") is None


def test_an_unknown_price_is_said_and_never_zero(estimate: Ftdata) -> None:
    outcome = estimate("--target", "trl-sft")
    assert "no training price is known" in outcome.out
    assert "unknown" in outcome.out.splitlines()[2]


def test_rows_are_cut_at_the_cap_and_rows_without_answer_left_are_said(
    ftdata: Ftdata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))
    long = GOOD.replace("ho", "ho " * 40)
    (tmp_path / "train.jsonl").write_text(GOOD + long, encoding="utf-8")
    outcome = ftdata(
        *("estimate", "train.jsonl", "--model", "gpt-4.1", "--max-tokens", "30"),
        *("--output-format", "json"),
    )
    (model,) = models_in(outcome).values()
    assert model["billed_tokens_per_epoch"] == 11 + 30
    assert model["truncated_examples"] == 1
    assert model["untrained_examples"] == 0


def test_a_price_that_is_no_number_is_wrong_use(estimate: Ftdata) -> None:
    assert estimate("--price", "nan").code == 2
    assert estimate("--price", "-1").code == 2
    assert estimate("--model", "gpt-4.1-minni").code == 2
    assert estimate("--price", "gpt-4.1-minni=3").code == 2
    assert estimate("--price", "gpt-4.1=three").code == 2
    assert estimate("--parameters", "big").code == 2


def test_a_price_can_be_stated_for_one_model(estimate: Ftdata) -> None:
    outcome = estimate("--price", "gpt-4.1=0.1", "--output-format", "json")
    models = models_in(outcome)
    assert models["gpt-4.1-2025-04-14"]["price"]["source"] == "the user"  # type: ignore[index]
    assert models["gpt-4.1-mini-2025-04-14"]["cost"] == "0.033"


def test_a_model_outside_the_catalog_is_priced_by_its_size(estimate: Ftdata) -> None:
    options = ("--target", "fireworks-sft", "--model", "my-own", "--output-format", "json")
    assert estimate(*options).code == 2
    for size, rate in (
        ("8b", "0.5"),
        ("270m", "0.5"),
        ("16", "0.5"),
        ("16.5B", "3"),
        ("1000b", "10"),
    ):
        models = models_in(estimate(*options, "--parameters", size))
        assert models["my-own"]["price"]["per_million_tokens"] == rate  # type: ignore[index]
    models = models_in(estimate("--target", "fireworks-sft", "--parameters", "30b", *options[4:]))
    assert models["30B model"]["price"]["per_million_tokens"] == "3"  # type: ignore[index]


def test_the_price_depends_on_which_weights_are_trained(estimate: Ftdata) -> None:
    options = ("--target", "together-sft", "--model", "Qwen3-8B", "--output-format", "json")
    for tuning, rate in (
        ((), "0.48"),
        (("--tuning", "lora"), "0.48"),
        (("--tuning", "full"), "0.54"),
    ):
        models = models_in(estimate(*options, *tuning))
        assert models["Qwen3-8B"]["price"]["per_million_tokens"] == rate  # type: ignore[index]


def test_a_range_of_prices_is_said_and_its_end_is_counted(estimate: Ftdata) -> None:
    outcome = estimate(
        *("--target", "together-sft", "--model", "DeepSeek-R1", "--tokenizer", "o200k_base")
    )
    line, bill = (line for line in outcome.out.splitlines() if line.startswith("DeepSeek-R1"))
    assert "9 to 100" in line
    assert line.endswith("0.2200 USD")  # 2,200 tokens, one epoch
    assert bill.split()[1:4] == ["0.0198", "0.2200", "0.2200"]
    assert "only a range is known, 9 to 100 USD per 1M; the cost is at its end" in outcome.out


def test_prices_of_the_user_and_their_age(estimate: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "prices.toml").write_text(
        'as_of = "2026"\nsource = "our contract"\nchecked = 2026-11-01\n[[price_lists]]\n'
        'vendor = "openai"\nmodel = "tuned-ourselves"\nprices = [{ kind = "training", '
        'methods = ["sft"], tier = "global", usd_per_million_tokens = "20" }]\n',
        encoding="utf-8",
    )
    options = ("--prices", "prices.toml", "--model", "tuned-ourselves")
    outcome = estimate(*options)
    assert "price of 2026, 324 days ago: check it\n" in outcome.out
    told = estimate(*options, "--price-age", "400", "--output-format", "json")
    assert "price of 2026 (our contract)" in models_in(told)["tuned-ourselves"]["notes"]  # type: ignore[operator]


def test_why_a_price_is_unknown_is_said(estimate: Ftdata) -> None:
    outcome = estimate("--target", "nebius-sft")
    assert "no training price is known\nno price was found in public material\n" in outcome.out
    assert " 0.00 USD" not in outcome.out
