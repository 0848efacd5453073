"""The chat template writes the token that begins a text, and so does the tokenizer.

Why it matters: who renders first and tokenizes the text afterwards, with the tokenizer's own settings,
gets the token twice, as in `<s><s>[INST]`. Models were not trained on that, and lose by it. Said once, at
the first source; ftdata counts the token once.

Flagged: a template that begins with `{{ bos_token }}`, with a tokenizer.json whose post-processor adds the
same.

Clean: a template without it, or a tokenizer that adds nothing.

How to repair: let the trainer render and tokenize in one step, as TRL does with `messages`; do not store
rendered text for a trainer that tokenizes with special tokens.

Source: transformers 5.23.0 tokenization_utils_base.py, apply_chat_template; trl issue 1400.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT719",
    name="two-bos-tokens",
    message="the chat template and the tokenizer both write the first token",
    severity="warning",
)
