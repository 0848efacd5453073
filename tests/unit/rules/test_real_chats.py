"""Real chats that nobody here wrote: what is found in them is true, and no more is found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cases.rule_judge import judge
from tests.shared_data import shared_file

pytestmark = pytest.mark.shared_data


def rows(name: str) -> Iterator[Any]:
    with shared_file(name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def codes(records: Iterator[Any], target: str) -> Counter[str]:
    return Counter(rule.code for record in records for rule, _ in judge(record, target))


@pytest.mark.parametrize("target", ["openai-sft", "azure-sft"])
@pytest.mark.parametrize(
    "name",
    [
        "openai_cookbook/drone_training.jsonl",
        "openai_cookbook/toy_chat_fine_tuning.jsonl",
        "azureml_ft/data__chat_train.jsonl",
        "azureml_ft/conversation__train_conversation.jsonl",
        "token_counts/fine_tuning_13_rows.jsonl",
    ],
)
def test_what_the_vendors_themselves_publish_is_clean(name: str, target: str) -> None:
    assert not codes(rows(name), target)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("bedrock_ft/formatted_test_ft.jsonl", "bedrock-nova-sft"),
        ("bedrock_ft/formatted_test_ft.jsonl", "bedrock-llama-sft"),
        ("bedrock_ft/train_ft.jsonl", "bedrock-claude-sft"),
        ("anthropic_cookbook/json_mode_dataset.jsonl", "bedrock-claude-sft"),
    ],
)
def test_what_hosted_vendors_publish_is_clean(name: str, target: str) -> None:
    assert not codes(rows(name), target)


def test_a_reply_before_any_question_is_noted_where_templates_stop_at_it() -> None:
    found = codes(rows("openai_cookbook/toy_chat_fine_tuning.jsonl"), "generic-chat")
    assert found == {"FT304": 1}


def test_rows_of_another_layout_have_one_finding_each() -> None:
    assert codes(rows("azureml_ft/data__train.jsonl"), "openai-sft") == {"FT201": 408}
    assert codes(rows("anthropic_cookbook/json_mode_dataset.jsonl"), "openai-sft") == {"FT202": 500}


def test_trajectories_that_end_on_the_user_or_a_tool_lack_the_reply_and_nothing_else() -> None:
    trajectories = json.loads(shared_file("tau_bench/gpt-4o-airline.json").read_text("utf-8"))
    records = ({"messages": trajectory["traj"]} for trajectory in trajectories)
    assert codes(records, "openai-sft") == {"FT301": 200}


def test_trajectories_that_declare_no_tools_are_told_so_where_a_trainer_wants_them() -> None:
    trajectories = json.loads(shared_file("tau_bench/gpt-4o-airline.json").read_text("utf-8"))
    records = ({"messages": trajectory["traj"]} for trajectory in trajectories)
    assert codes(records, "generic-chat") == {"FT301": 200, "FT409": 182}


def test_prompts_of_reinforcement_rows_have_no_reply_to_learn() -> None:
    found = codes(rows("bedrock_ft/rft_train_data.jsonl"), "openai-sft")
    assert found == {"FT302": 300, "FT202": 600}
