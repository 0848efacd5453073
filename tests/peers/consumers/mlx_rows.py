"""MLX-LM: its loader, the one file of the package that needs no MLX."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace

from answering import answer
from bare_packages import without_their_init
from tiny_model import tiny_tokenizer

without_their_init("mlx_lm", "mlx_lm.tuner")
sys.modules["mlx_lm.cli_ui"] = ModuleType("mlx_lm.cli_ui")  # what it prints with needs MLX
sys.modules["mlx_lm.cli_ui"].rprint = print
load_dataset = import_module("mlx_lm.tuner.datasets").load_dataset


def trained_rows(path: Path) -> int:
    """How many rows become tokens, of the folder's train.jsonl."""
    asked = SimpleNamespace(data=str(path.parent), train=True, test=False, mask_prompt=False)
    rows, _, _ = load_dataset(asked, tiny_tokenizer())
    return sum(len(tokens) > offset for tokens, offset in map(rows.process, rows))


answer({"mlx-chat": trained_rows})
