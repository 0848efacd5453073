"""The chat template leaves out something that the row holds.

Why it matters: nobody says so. The row counts as trained, and the model never sees the system prompt, the
tool or the reasoning. Found by rendering the shape of the row with another marker in each of its texts.

Flagged: turns of the roles `human` and `gpt` under a Qwen template; `tool_calls` under ChatML; the
thinking of all turns but the last under Qwen 3; a `name`, which few templates write.

Clean: roles `user` and `assistant`; a template that knows tools; one row for each turn whose thinking is
to be learnt.

How to repair: rename roles (`ftdata convert` does), split the conversation before each answer with
thinking, or train with another template. Texts count as left out where no trace of them is in what is
rendered.

Source: chat templates of trl 1.16.0, axolotl 0.19.0 and unsloth 2026.10.9, rendered.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT712",
    name="template-drops",
    message="the chat template leaves out: {what} ({times}x)",
    severity="warning",
)
