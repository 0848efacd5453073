"""LLaMA-Factory: its loader reads the entry of dataset_info.json, converts the rows and tokenizes them."""

from __future__ import annotations

import sys
import tempfile
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from answering import answer
from tiny_model import tiny_tokenizer

# It imports the sound of rows where there is none; the real package weighs more than all others here.
sys.modules["torchaudio"] = ModuleType("torchaudio")
sys.modules["torchaudio"].__spec__ = ModuleSpec("torchaudio", None)

from llamafactory.data import get_dataset, get_template_and_fix_tokenizer  # noqa: E402
from llamafactory.hparams import DataArguments, ModelArguments  # noqa: E402
from transformers import Seq2SeqTrainingArguments  # noqa: E402

FOLDER = tempfile.mkdtemp()


def trained_rows(path: Path) -> int:
    """How many rows are left of the data set named after the file; it drops the others with a warning."""
    data = DataArguments(
        dataset=path.stem,
        dataset_dir=str(path.parent),
        template="qwen",
        cutoff_len=4096,
        overwrite_cache=True,
    )
    tokenizer = tiny_tokenizer()
    module = get_dataset(
        get_template_and_fix_tokenizer(tokenizer, data),
        ModelArguments(model_name_or_path="none", cache_dir=f"{FOLDER}/cache"),
        data,
        Seq2SeqTrainingArguments(output_dir=f"{FOLDER}/out", use_cpu=True, report_to="none"),
        stage="sft",
        tokenizer=tokenizer,
    )
    return len(module["train_dataset"])


answer({"llamafactory-alpaca": trained_rows, "llamafactory-sharegpt": trained_rows})
