"""Unsloth: the script written beside the rows, and its trainer on what the script makes of them."""

from __future__ import annotations

import runpy
import tempfile
from pathlib import Path

import unsloth  # before everything that it replaces parts of  # noqa: F401
from answering import answer
from datasets import Dataset
from tiny_model import save_tiny_model, tiny_tokenizer
from transformers import AutoModelForCausalLM
from trl import SFTConfig, SFTTrainer

FOLDER = tempfile.mkdtemp()
MODEL = f"{FOLDER}/model"


def trained_rows(path: Path) -> int:
    """How many rows of `train` its trainer keeps."""
    script = path.with_name(f"{path.stem}.unsloth.py")
    rows: Dataset = runpy.run_path(str(script), {"tokenizer": tiny_tokenizer()})["train"]
    trainer = SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(MODEL),
        processing_class=tiny_tokenizer(),
        train_dataset=rows,
        args=SFTConfig(
            output_dir=f"{FOLDER}/out", use_cpu=True, bf16=False, report_to="none", max_length=4096
        ),
    )
    return len(trainer.train_dataset)


save_tiny_model(Path(MODEL))
answer(
    dict.fromkeys(
        ["unsloth-sft", "unsloth-sharegpt", "unsloth-alpaca", "unsloth-text"], trained_rows
    )
)
