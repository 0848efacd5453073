"""Files that nobody here wrote: which layout they have, and how many of their records become examples."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from ftdata.layouts.registry import detect, detect_text, layout_named
from ftdata.model import Fault, Layout, LayoutOptions, TextLayout
from tests.shared_data import SHARED

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real data is not beside this checkout"),
]

#: file -> layout, and the examples it gives; all records become examples.
FILES = {
    "anthropic_cookbook/json_mode_dataset.jsonl": ("system-messages", 500),
    "azureml_ft/conversation__train_conversation.jsonl": ("chat", 100),
    "azureml_ft/data__chat_train.jsonl": ("chat", 128),
    "azureml_ft/data__train.jsonl": ("prompt-completion", 408),
    "bedrock_ft/formatted_test_ft.jsonl": ("bedrock-converse", 120),
    "bedrock_ft/rft_train_data.jsonl": ("chat", 300),
    "bedrock_ft/train_ft.jsonl": ("system-messages", 560),
    "fastchat_dummy/dummy_conversation.json": ("sharegpt", 500),
    "gpteacher/roleplay-simple-deduped-roleplay-instruct.json": ("alpaca", 1923),
    "gsm8k/test.jsonl": ("question-answer", 1319),
    "llamafactory_demos/alpaca_zh_demo.json": ("alpaca", 1000),
    "llamafactory_demos/c4_demo.jsonl": ("text", 300),
    "llamafactory_demos/dpo_en_demo.json": ("preference", 300),
    "llamafactory_demos/glaive_toolcall_en_demo.json": ("sharegpt", 300),
    "llamafactory_demos/kto_en_demo.json": ("kto", 300),
    "llamafactory_demos/reason_tool_use_demo_50.jsonl": ("chat", 50),
    "llamafactory_demos/v1_sft_demo.jsonl": ("chat", 500),
    "openai_cookbook/drone_training.jsonl": ("chat", 103),
    "tau_bench/MockAirlineDomainEnv-few_shot.jsonl": ("transcript-field", 19),
    "tau_bench/gpt-4o-airline.json": ("chat", 200),
    "token_counts/openai_prompt_tokens_36.jsonl": ("chat", 36),
}
UNDECIDED = ("fastchat_dummy/question.jsonl", "llamafactory_demos/dataset_info.json")


def records_of(name: str) -> list[Any]:
    text = (SHARED / name).read_text("utf-8")
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    found = json.loads(text)
    return found if isinstance(found, list) else [found]


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_has_one_layout_and_all_its_records_become_examples(name: str) -> None:
    records = records_of(name)
    expected, count = FILES[name]
    assert detect(records[:200]) == [expected]
    layout = layout_named(expected)
    assert isinstance(layout, Layout)
    outcomes = [layout.to_example(record, LayoutOptions()) for record in records]
    assert [outcome for outcome in outcomes if isinstance(outcome, Fault)] == []
    assert len(outcomes) == count


@pytest.mark.parametrize("name", UNDECIDED)
def test_a_real_file_without_answers_has_no_layout(name: str) -> None:
    assert detect(records_of(name)) == []


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("books_sherlock/sherlock.txt", "sections"),
        ("llamafactory_demos/wiki_demo.txt", "sections"),
        ("irc_ubuntu/2004-11-15_03.raw.txt", "transcript"),
        ("irc_ubuntu/2005-05-14.train-c.raw.txt", "transcript"),
    ],
)
def test_a_real_document_is_recognised(name: str, layout: str) -> None:
    assert detect_text((SHARED / name).read_text("utf-8", errors="replace").split("\n")[:200]) == [
        layout
    ]


def test_a_channel_becomes_conversations_with_one_of_its_helpers() -> None:
    text = (SHARED / "irc_ubuntu/2004-11-15_03.raw.txt").read_text("utf-8", errors="replace")
    layout = layout_named("transcript")
    assert isinstance(layout, TextLayout)
    options = LayoutOptions(roles={"HrdwrBoB": "assistant"}, max_turns=6)
    pieces = [piece for _, piece in layout.split(enumerate(text.split("\n"), 1), options, len)]
    examples = [piece for piece in pieces if not isinstance(piece, Fault)]
    assert len(examples) == 29
    sides = Counter(
        (each["messages"][0]["role"], each["messages"][-1]["role"]) for each in examples
    )
    assert sides == {("user", "assistant"): 29}
