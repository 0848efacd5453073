"""A folder of a model, with a tokenizer that is made on the spot."""

from __future__ import annotations

import json
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers

SPECIAL = ["<s>", "</s>", "<|user|>", "<|assistant|>", "<|system|>"]

TEMPLATE = (
    "{{ bos_token }}{% for m in messages %}{{ '<|' + m.role + '|>' }}{{ m.content }}"
    "{% for c in m.tool_calls or [] %}{{ c.function.name }}{% endfor %}{{ eos_token }}{% endfor %}"
)
MARKED = (
    "{{ bos_token }}{% for m in messages %}{{ '<|' + m.role + '|>' }}{% if m.role == 'assistant' %}"
    "{% generation %}{{ m.content }}{{ eos_token }}{% endgeneration %}{% else %}{{ m.content }}"
    "{{ eos_token }}{% endif %}{% endfor %}"
)


def make_tokenizer(*, adds_bos: bool = False) -> Tokenizer:
    """Bytes, joined a little, and the special tokens."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(["hello hello there there world"] * 9, trainer)
    if adds_bos:
        tokenizer.post_processor = processors.TemplateProcessing(
            single="<s> $A", special_tokens=[("<s>", 0)]
        )
    return tokenizer


def write_model(folder: Path, template: str = TEMPLATE, *, adds_bos: bool = False) -> Tokenizer:
    """Writes tokenizer_config.json and tokenizer.json."""
    folder.mkdir(exist_ok=True)
    config = {"chat_template": template, "bos_token": "<s>", "eos_token": "</s>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    tokenizer = make_tokenizer(adds_bos=adds_bos)
    tokenizer.save(str(folder / "tokenizer.json"))
    return tokenizer
