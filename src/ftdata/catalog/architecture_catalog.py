"""The shapes of open models: from the catalog, or from the `config.json` of any other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ftdata.catalog.catalog_file import catalog_names, read_catalog_file
from ftdata.errors import UnknownName, UnreadableSource
from ftdata.model import Architecture

_NEEDED = (
    "hidden_size",
    "intermediate_size",
    "num_hidden_layers",
    "num_attention_heads",
    "vocab_size",
)


def architecture_names() -> list[str]:
    """The open models whose shape is in the catalog."""
    return catalog_names("architectures")


@lru_cache(maxsize=64)
def load_architecture(name: str) -> Architecture:
    """Gives the shape of a model by its name or an alias, in any case of letters, or by a path.

    A path leads to a `config.json` or to the folder that holds one. Raises UnknownName, which lists near
    names, and UnreadableSource for a path whose file is not such a configuration.
    """
    path = Path(name)
    if path.is_dir() or path.suffix == ".json":
        return _from_file(path / "config.json" if path.is_dir() else path)
    wanted = name.casefold()
    names: list[str] = []
    for known in architecture_names():
        table = read_catalog_file("architectures", known, kind="architecture")
        own = [table["name"], *table["aliases"]]
        if wanted in map(str.casefold, own):
            return architecture_of(table["config"], name=known, source=table["source"])
        names += own
    raise UnknownName("architecture", name, names)


def architecture_of(config: Mapping[str, Any], *, name: str, source: str) -> Architecture:
    """Reads the keys of a `config.json`; of a model with several parts, its language model's.

    Raises ValueError, naming the keys, where sizes are missing or no positive integers.
    """
    config = config.get("text_config") or config
    wrong = [key for key in _NEEDED if not _is_size(config.get(key))]
    if wrong:
        raise ValueError(f"no positive integer at {', '.join(wrong)}")
    heads = config["num_attention_heads"]
    kind = str(config.get("model_type", ""))
    experts = config.get("num_local_experts") or config.get("num_experts") or 1
    width = config.get("moe_intermediate_size") if experts > 1 else None
    return Architecture(
        name=name,
        hidden=config["hidden_size"],
        layers=config["num_hidden_layers"],
        heads=heads,
        key_value_heads=config.get("num_key_value_heads") or heads,
        head_width=config.get("head_dim") or config["hidden_size"] // heads,
        intermediate=width or config["intermediate_size"],
        vocabulary=config["vocab_size"],
        tied=bool(config.get("tie_word_embeddings", kind.startswith("gemma"))),
        source=source,
        attention_bias=bool(config.get("attention_bias", kind.startswith("qwen2"))),
        head_norms=kind.startswith(("qwen3", "gemma3")),
        norms_per_layer=4 if kind.startswith(("gemma2", "gemma3")) else 2,
        experts=experts,
        active_experts=config.get("num_experts_per_tok") or 1,
    )


def _is_size(value: object) -> bool:
    return type(value) is int and value > 0


def _from_file(path: Path) -> Architecture:
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(config, dict):
            raise ValueError("it is no JSON object")
        return architecture_of(config, name=str(path), source=str(path))
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableSource(str(path), f"not a model's config.json: {reason}") from None
