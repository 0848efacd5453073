"""What open-source trainers publish as samples passes their own targets, and goes to all that can hold it."""

from __future__ import annotations

from collections import Counter

import pytest

from ftdata import convert, validate
from tests.shared_data import shared_file

pytestmark = pytest.mark.shared_data


def codes(data: object, target: str) -> Counter[str]:
    """What is found in rows; what is said once of the target and all of them is information."""
    findings = validate(data, target=target).findings
    return Counter(found.code for found in findings if found.severity != "info")


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("llamafactory_demos/alpaca_en_demo.json", "llamafactory-alpaca"),
        ("llamafactory_demos/alpaca_zh_demo.json", "llamafactory-alpaca"),
        ("llamafactory_demos/identity.json", "llamafactory-alpaca"),
        ("llamafactory_demos/glaive_toolcall_en_demo.json", "llamafactory-sharegpt"),
        ("llamafactory_demos/dpo_en_demo.json", "llamafactory-dpo"),
        ("llamafactory_demos/kto_en_demo.json", "llamafactory-kto"),
        ("llamafactory_demos/alpaca_en_demo.json", "unsloth-alpaca"),
        ("llamafactory_demos/c4_demo.jsonl", "unsloth-text"),
        ("fastchat_dummy/dummy_conversation.json", "unsloth-sharegpt"),
        ("fastchat_dummy/dummy_conversation.json", "llamafactory-sharegpt"),
    ],
)
def test_published_samples_pass_the_targets_they_are_made_for(name: str, target: str) -> None:
    assert not codes(shared_file(name), target)


@pytest.mark.parametrize(
    ("name", "rows", "targets"),
    [
        (
            "llamafactory_demos/glaive_toolcall_en_demo.json",
            300,
            ("llamafactory-sharegpt", "mistral-sft", "axolotl-chat", "mlx-chat", "unsloth-sft"),
        ),
        ("llamafactory_demos/dpo_en_demo.json", 300, ("llamafactory-dpo", "trl-dpo")),
        ("llamafactory_demos/kto_en_demo.json", 300, ("llamafactory-kto", "trl-kto")),
        ("openai_cookbook/drone_training.jsonl", 103, ("llamafactory-sharegpt", "mistral-sft")),
        (
            "tau_bench/gpt-4o-airline.json",  # they end on the user or a tool
            200,
            ("azure-sft", "gemini-sft", "llamafactory-sharegpt", "mistral-sft"),
        ),
        (
            "fastchat_dummy/dummy_conversation.json",
            500,
            ("llamafactory-alpaca", "torchtune-chat", "autotrain-sft", "unsloth-sharegpt"),
        ),
    ],
)
def test_real_conversations_become_rows_without_a_finding(
    name: str, rows: int, targets: tuple[str, ...]
) -> None:
    for target in targets:
        written = convert(shared_file(name), to=target).rows
        assert len(written) == rows, target
        assert not codes(written, target), target
