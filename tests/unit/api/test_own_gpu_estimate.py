"""`estimate` for a trainer on one's own GPU."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ftdata import estimate
from ftdata.api.own_gpu import ASSUMED_LENGTH, GpuOptions
from ftdata.errors import UnknownName, UsageError
from ftdata.rules.shape.schema_check import SchemaCheck

ROW: dict[str, Any] = {
    "messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]
}


def test_an_open_model_gets_memory_time_and_rents() -> None:
    result = estimate([ROW] * 10, target="trl-sft", models=["llama-3.2-1b"], epochs=2)
    (found,) = result.own_gpu
    assert found.job.tokens == result.quotes[0].training_tokens > 0
    assert (found.job.length, found.length_is_assumed) == (1024, False)
    assert found.rentals[0].fit == "yes"
    text = result.to_text()
    assert "llama-3.2-1b: 1.24 billion parameters" in text
    assert "in all, GB" in text


def test_the_json_is_what_its_schema_says() -> None:
    models = ["llama-3.2-1b", "llama-3.3-70b"]
    result = estimate(
        [ROW], target="unsloth-sft", models=models, tuning="full", gpu=GpuOptions(batch=4)
    )
    written = json.loads(json.dumps(result.to_json()))
    assert not list(SchemaCheck({"$ref": "output/estimate.json"}).explain(written))
    assert [one["model"] for one in written["own_gpu"]] == models
    assert written["own_gpu"][0]["length"] == ASSUMED_LENGTH
    assert written["own_gpu"][0]["length_is_assumed"]
    assert "assumed: --max-tokens states another" in result.to_text()


def test_the_length_and_the_cut_are_what_the_user_says() -> None:
    options = GpuOptions(length=64, rank=8)
    result = estimate(
        [ROW],
        target="trl-sft",
        models=["qwen3-0.6b"],
        tuning="qlora",
        gpu=options,
        max_tokens=64,
    )
    (found,) = result.own_gpu
    assert (found.job.length, found.job.rank, found.job.tuning) == (64, 8, "qlora")


def test_a_config_of_ones_own(tmp_path: Path) -> None:
    config = {
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "vocab_size": 1000,
    }
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    result = estimate([ROW], target="axolotl-chat", models=[str(tmp_path)])
    assert result.own_gpu[0].job.architecture.layers == 2


def test_without_a_model_and_for_a_vendor_there_is_none() -> None:
    assert estimate([ROW], target="trl-sft").own_gpu == ()
    hosted = estimate([ROW], target="openai-sft", models=["gpt-4.1"])
    assert hosted.own_gpu == ()
    assert "own_gpu" not in hosted.to_json()


def test_what_is_not_known_is_said() -> None:
    with pytest.raises(UnknownName, match="architecture 'lama'"):
        estimate([ROW], target="trl-sft", models=["lama"])
    with pytest.raises(UsageError, match="tuning 'half' is not one of full, lora, qlora"):
        estimate([ROW], target="trl-sft", tuning="half")
    with pytest.raises(UsageError, match="batch 0 is not at least 1"):
        GpuOptions(batch=0)
