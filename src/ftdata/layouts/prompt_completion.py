"""A prompt and its completion in each row, as text or as lists of turns.

Nothing is added to or taken from the texts: separators and end marks stay where they are.
"""

from __future__ import annotations

from ftdata.layouts.table import Table, layout_of

TABLE = Table(
    name="prompt-completion",
    user=("prompt", "input", "query", "user", "user_message", "human", "source_text"),
    assistant=(
        *("completion", "response", "output", "target", "assistant", "assistant_message", "bot"),
        *("gpt", "target_text", "canonical_solution"),
    ),
    context=("context",),
    system=("system", "system_prompt"),
    history=("history",),
    joint="\n\n",
    context_first=True,
)

LAYOUT = layout_of(TABLE, "prompts and completions: prompt, completion, and their like")
