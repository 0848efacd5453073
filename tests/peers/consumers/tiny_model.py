"""A model of a few hundred weights and its tokenizer, made on the spot: nothing is downloaded."""

from __future__ import annotations

from pathlib import Path

#: ChatML, for texts and for parts; a content that is neither stops it, as it stops most templates.
CHAT_TEMPLATE = """
{%- for message in messages -%}
{{- '<|im_start|>' + message.role + '\n' -}}
{%- if message.content is string -%}{{- message.content -}}
{%- elif message.tool_calls and not message.content -%}
{%- elif message.content and message.content is sequence and message.content is not mapping -%}
{%- for part in message.content -%}{{- '' + part.text -}}{%- endfor -%}
{%- else -%}{{- raise_exception('a content is a text or a list of parts') -}}{%- endif -%}
{%- for call in message.tool_calls or [] -%}{{- call.function | tojson -}}{%- endfor -%}
{{- '<|im_end|>\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\n' -}}{%- endif -%}
"""


def tiny_tokenizer():
    """One token a byte, and the marks of turns."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    marks = ["<pad>", "<eos>", "<|im_start|>", "<|im_end|>"]
    pieces = marks + sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    plain = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=plain,
        pad_token=marks[0],
        eos_token=marks[1],
        additional_special_tokens=["<|im_start|>", "<|im_end|>"],
        model_max_length=4096,
    )
    tokenizer.chat_template = CHAT_TEMPLATE
    return tokenizer


def save_tiny_model(folder: Path) -> None:
    """Writes a model with random weights and its tokenizer into the folder."""
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = tiny_tokenizer()
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=8,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=1,
        max_position_embeddings=4096,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=None,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
