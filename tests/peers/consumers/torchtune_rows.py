"""torchtune: its message transform and its validation, without the kernels that its packages import."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

from answering import answer, lines_of
from bare_packages import without_their_init

without_their_init(
    "torchtune", "torchtune.data", "torchtune.modules", "torchtune.modules.transforms"
)
import_module("torchtune.modules.transforms").Transform = object
messages = import_module("torchtune.data._messages")


def trained_rows(path: Path) -> int:
    """How many rows are taken; it checks them as they come, and the first bad one stops the run."""
    transform = messages.OpenAIToMessages()
    rows = [json.loads(line) for line in lines_of(path)]
    for row in rows:
        messages.validate_messages(transform(row)["messages"])
    return len(rows)


answer({"torchtune-chat": trained_rows})
