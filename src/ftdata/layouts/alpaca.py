"""Instruction, input and output, with earlier rounds in `history`, as Alpaca files have them.

The input, where it says something, follows the instruction on a new line; so LLaMA-Factory and Axolotl
join them too.
"""

from __future__ import annotations

from ftdata.layouts.table import Table, layout_of

TABLE = Table(
    name="alpaca",
    user=("instruction",),
    assistant=("output", "response", "completion", "answer"),
    context=("input", "context"),
    system=("system", "system_prompt"),
    history=("history",),
)

LAYOUT = layout_of(TABLE, "Alpaca tables: instruction, input, output, history")
