"""Axolotl: its model of configurations takes the lines written beside the rows, and its strategy the rows."""

from __future__ import annotations

import tempfile
from pathlib import Path

import yaml
from answering import answer
from axolotl.datasets import TokenizedPromptDataset
from axolotl.prompt_strategies.chat_template import StrategyLoader
from axolotl.utils.dict import DictDefault
from axolotl.utils.schemas.config import AxolotlInputConfig
from axolotl.utils.schemas.datasets import SFTDataset
from datasets import load_dataset
from tiny_model import tiny_tokenizer

FOLDER = tempfile.mkdtemp()


def trained_rows(path: Path) -> int:
    """How many rows have a trained token; it drops the others."""
    lines = yaml.safe_load(path.with_name(f"{path.stem}.axolotl.yaml").read_text(encoding="utf-8"))
    assert lines.keys() <= AxolotlInputConfig.model_fields.keys(), lines.keys()
    for settings in (*lines["datasets"], *lines["test_datasets"]):
        assert settings.keys() <= SFTDataset.model_fields.keys(), settings.keys()
    dataset, _ = SFTDataset(**lines["datasets"][0]), SFTDataset(**lines["test_datasets"][0])
    assert dataset.path == str(path)
    strategy = StrategyLoader()(
        tiny_tokenizer(),
        DictDefault({"sequence_len": 4096, "train_on_inputs": False, "eot_tokens": ["<|im_end|>"]}),
        dataset.model_dump(exclude_none=True),
    )
    rows = load_dataset(
        dataset.ds_type, data_files=dataset.path, split="train", cache_dir=f"{FOLDER}/cache"
    )
    prepared = TokenizedPromptDataset(strategy, rows, process_count=1)
    return sum(any(label != -100 for label in row["labels"]) for row in prepared)


answer({"axolotl-chat": trained_rows})
