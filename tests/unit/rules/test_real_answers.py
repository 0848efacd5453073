"""Real pairs, verdicts and prompts go to every target that takes such rows, and are valid there."""

from __future__ import annotations

import json

import pytest

from ftdata import convert, validate
from tests.shared_data import shared_file

pytestmark = pytest.mark.shared_data

PAIR_TARGETS = (
    *("openai-dpo", "azure-dpo", "together-dpo", "fireworks-dpo"),
    *("gemini-preference", "trl-dpo", "trl-kto", "autotrain-dpo"),
)
RFT_TARGETS = ("openai-rft", "azure-rft", "bedrock-rft")


@pytest.mark.parametrize("target", PAIR_TARGETS)
def test_every_real_pair_is_carried_and_valid(target: str) -> None:
    result = convert(shared_file("llamafactory_demos/dpo_en_demo.json"), to=target)
    rows = [*result.rows]
    assert (len(rows), result.accounts.rejected) == (300, 0)
    assert not result.accounts.not_carried
    assert validate(rows, target=target).report.invalid == 0


def test_every_real_verdict_is_carried_and_valid() -> None:
    result = convert(shared_file("llamafactory_demos/kto_en_demo.json"), to="trl-kto")
    rows = [*result.rows]
    assert [row["label"] for row in rows].count(True) == 150
    assert len(rows) == 300
    assert validate(rows, target="trl-kto").report.errors == 0


@pytest.mark.parametrize("target", RFT_TARGETS)
def test_real_reinforcement_rows_stay_what_they_are(target: str) -> None:
    path = shared_file("bedrock_ft/rft_train_data.jsonl")
    assert validate(path, target=target).report.invalid == 0
    result = convert(path, to=target)
    given = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [*result.rows] == given
    assert not result.accounts.not_carried


@pytest.mark.parametrize("target", RFT_TARGETS)
def test_questions_and_answers_become_prompts_with_a_reference(target: str) -> None:
    result = convert(shared_file("llamafactory_demos/alpaca_en_demo.json"), to=target)
    rows = [*result.rows]
    assert len(rows) == 999
    assert all(row["reference_answer"] for row in rows)
    assert validate(rows, target=target).report.invalid == 0


def test_prompts_and_completions_of_microsoft_go_to_trl() -> None:
    result = convert(shared_file("azureml_ft/data__train.jsonl"), to="trl-prompt-completion")
    rows = [*result.rows]
    assert len(rows) == 408
    assert validate(rows, target="trl-prompt-completion").report.errors == 0
