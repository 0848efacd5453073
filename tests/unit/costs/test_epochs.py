"""Epochs follow from what the user states, the target's fact, or nothing but one pass."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ftdata.catalog.target_catalog import load_target
from ftdata.costs.epochs import EpochAdvice, epoch_advice
from ftdata.model import Fact

COOKBOOK = {
    "rule": "cookbook",
    "target_epochs": 3,
    "min_target_examples": 100,
    "max_target_examples": 25_000,
    "min_epochs": 1,
    "max_epochs": 25,
}


def fact(value: Any) -> Fact:
    return Fact(value, "a notebook", date(2026, 11, 21), "info", certain=False)


@pytest.mark.parametrize(
    ("examples", "epochs"),
    [
        (0, 3),
        (1, 25),  # a hundred passes are too many
        (4, 25),
        (5, 20),
        (13, 7),  # what OpenAI chose for the 13 rows of its golden bill
        (33, 3),
        (34, 3),
        (8_333, 3),
        (8_334, 2),
        (12_500, 2),
        (12_501, 1),
        (25_001, 1),  # no pass at all is too few
        (1_000_000, 1),
    ],
)
def test_the_rule_of_the_cookbook(examples: int, epochs: int) -> None:
    advice = epoch_advice(fact(COOKBOOK), examples)
    assert advice == EpochAdvice(epochs, "cookbook", "a notebook", certain=False)


def test_a_fixed_number() -> None:
    advice = epoch_advice(fact({"rule": "fixed", "epochs": 2}), 5)
    assert advice == EpochAdvice(2, "fixed", "a notebook", certain=False)


def test_what_the_user_states_stands_over_the_fact() -> None:
    assert epoch_advice(fact(COOKBOOK), 5, stated=4) == EpochAdvice(4, "stated", "the user", True)


def test_without_a_fact_it_is_one_pass_and_said() -> None:
    advice = epoch_advice(None, 5)
    assert (advice.epochs, advice.rule, advice.certain) == (1, "one pass", False)


def test_the_targets_of_both_vendors_have_a_rule() -> None:
    assert epoch_advice(load_target("openai-sft").facts["epochs"], 13).epochs == 7
    assert epoch_advice(load_target("azure-sft").facts["epochs"], 13).epochs >= 1
