"""TRL: its trainers prepare the rows, and with steps in the job train on them."""

from __future__ import annotations

import json
import sys
import tempfile
from functools import partial
from pathlib import Path

import torch
from answering import answer
from datasets import load_dataset
from tiny_model import save_tiny_model, tiny_tokenizer
from transformers import AutoModelForCausalLM
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, SFTConfig, SFTTrainer

STEPS = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")).get("steps", 0)
FOLDER = tempfile.mkdtemp()
MODEL = f"{FOLDER}/model"
TRAINERS = {
    "sft": (SFTConfig, SFTTrainer),
    "dpo": (DPOConfig, DPOTrainer),
    "kto": (KTOConfig, KTOTrainer),
}


def trained_rows(method: str, path: Path) -> int:
    """How many rows the trainer keeps. All of them are collated into batches, and `STEPS` steps are trained."""
    configuration, trainer_class = TRAINERS[method]
    rows = load_dataset("json", data_files=str(path), split="train", cache_dir=f"{FOLDER}/cache")
    arguments = configuration(
        output_dir=f"{FOLDER}/out",
        use_cpu=True,
        bf16=False,
        report_to="none",
        save_strategy="no",
        max_steps=max(STEPS, 1),
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
    if STEPS:
        before = [weights.clone() for weights in trainer.model.parameters()]
        loss = trainer.train().training_loss
        assert loss > 0, loss
        assert trainer.state.global_step == STEPS
        changed = [not torch.equal(*both) for both in zip(before, trainer.model.parameters())]
        assert any(changed), "training changed no weight"
    return len(trainer.train_dataset)


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
