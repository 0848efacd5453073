"""Something of the row would be lost, and no row was to lose anything.

Why it matters: names, thoughts, weights, images and columns that a target has no place for are left out, and
ids or system turns take another form. `--on-loss fail` asks to be told of each such row instead.

Target: openai-sft from chat

Flagged:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "Sunny.", "reasoning_content": "Look it up."}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": "Sunny."}
    ]}

How to repair: see in docs/losses what it is; take it out of the row yourself, choose a
target that carries it, or accept it with `--on-loss report`.

Source: the schemas of the targets.
"""

from __future__ import annotations

from ftdata.model import Rule

RULE = Rule(
    code="FT230",
    name="lossy-row",
    message="the target would lose {losses}",
)
