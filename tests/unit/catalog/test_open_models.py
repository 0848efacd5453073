"""Shapes of open models add up to their published sizes; GPUs and rents are sourced and dated."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ftdata.catalog.architecture_catalog import (
    architecture_names,
    architecture_of,
    load_architecture,
)
from ftdata.catalog.catalog_file import catalog_names, read_catalog_file
from ftdata.catalog.gpu_catalog import all_gpus
from ftdata.errors import UnknownName, UnreadableSource
from ftdata.rules.shape.schema_check import SchemaCheck


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", architecture_names())
def test_a_shape_adds_up_to_the_weights_in_the_models_files(name: str) -> None:
    table = read_catalog_file("architectures", name, kind="architecture")
    assert not list(SchemaCheck({"$ref": "catalog/architecture.json"}).explain(plain(table)))
    assert table["name"] == name
    assert load_architecture(name).parameters == table["parameters"]


@pytest.mark.parametrize("name", catalog_names("gpus"))
def test_a_gpu_fits_its_schema(name: str) -> None:
    table = read_catalog_file("gpus", name, kind="GPU")
    assert not list(SchemaCheck({"$ref": "catalog/gpu.json"}).explain(plain(table)))
    assert table["name"] == name


def test_gpus_come_by_their_memory() -> None:
    memory = [gpu.memory_bytes for gpu in all_gpus()]
    assert memory == sorted(memory)
    assert all(offer.usd_per_hour > 0 for gpu in all_gpus() for offer in gpu.offers)


@pytest.mark.parametrize("name", ["Llama-3.1-8B", "meta-llama/llama-3.1-8b-instruct"])
def test_a_model_is_found_by_any_of_its_names(name: str) -> None:
    assert load_architecture(name).name == "llama-3.1-8b"


def test_an_unknown_model_names_near_ones() -> None:
    with pytest.raises(UnknownName, match=r"qwen2\.5-7b"):
        load_architecture("qwen2.5-8b")


SMALL = {
    "model_type": "llama",
    "hidden_size": 8,
    "intermediate_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "vocab_size": 32,
}


def test_a_config_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"text_config": SMALL, "vision_config": {}}), encoding="utf-8")
    layer = 4 * 8 * 8 + 3 * 8 * 16 + 2 * 8
    for place in (path, tmp_path):
        assert load_architecture(str(place)).parameters == 2 * 32 * 8 + 2 * layer + 8


def test_experts_count_as_memory_and_only_the_chosen_ones_as_work() -> None:
    config = {**SMALL, "num_local_experts": 4, "num_experts_per_tok": 2}
    one = architecture_of(SMALL, name="dense", source="a test")
    many = architecture_of(config, name="experts", source="a test")
    expert, router = 3 * 8 * 16, 8 * 4
    assert many.parameters == one.parameters + 2 * (3 * expert + router)
    assert many.active_parameters == one.parameters + 2 * (expert + router)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"hidden_size": 8}', "intermediate_size, num_hidden_layers"),
        (json.dumps({**SMALL, "vocab_size": "32"}), "vocab_size"),
        ("[]", "no JSON object"),
        ("{", "Expecting"),
    ],
)
def test_what_is_no_config_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "config.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableSource, match=said):
        load_architecture(str(path))
    with pytest.raises(UnreadableSource, match="No such file"):
        load_architecture(str(tmp_path / "other.json"))
