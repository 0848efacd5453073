"""TRL: its trainers prepare the rows, and train one step on one of the files."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import torch
from answering import answer, job
from datasets import load_dataset
from tiny_model import save_tiny_model, tiny_tokenizer
from transformers import AutoModelForCausalLM
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, SFTConfig, SFTTrainer

TRAIN = job()["train"]
FOLDER = tempfile.mkdtemp()
MODEL = f"{FOLDER}/model"
TRAINERS = {
    "sft": (SFTConfig, SFTTrainer),
    "dpo": (DPOConfig, DPOTrainer),
    "kto": (KTOConfig, KTOTrainer),
}


def trained_rows(method: str, path: Path) -> int:
    """How many rows the trainer keeps. All of them are collated into batches."""
    configuration, trainer_class = TRAINERS[method]
    rows = load_dataset("json", data_files=str(path), split="train", cache_dir=f"{FOLDER}/cache")
    arguments = configuration(
        output_dir=f"{FOLDER}/out",
        use_cpu=True,
        bf16=False,
        report_to="none",
        save_strategy="no",
        max_steps=1,
        per_device_train_batch_size=2,
        max_length=4096,
        disable_tqdm=True,
        logging_steps=1,
    )
    trainer = trainer_class(
        model=AutoModelForCausalLM.from_pretrained(MODEL),
        args=arguments,
        train_dataset=rows,
        processing_class=tiny_tokenizer(),
    )
    for batch in trainer.get_train_dataloader():
        assert len(batch)
    if str(path) in TRAIN:
        train_a_step(trainer)
    return len(trainer.train_dataset)


def train_a_step(trainer) -> None:
    """Trains, and demands that there was a loss and that a weight moved."""
    before = [weights.clone() for weights in trainer.model.parameters()]
    loss = trainer.train().training_loss
    assert loss > 0, loss
    assert trainer.state.global_step == 1
    both = zip(before, trainer.model.parameters(), strict=True)
    assert any(not torch.equal(old, new) for old, new in both), "training moved no weight"


save_tiny_model(Path(MODEL))
sft = partial(trained_rows, "sft")
answer(
    {
        "trl-sft": sft,
        "trl-prompt-completion": sft,
        "trl-text": sft,
        "trl-dpo": partial(trained_rows, "dpo"),
        "trl-kto": partial(trained_rows, "kto"),
    }
)
