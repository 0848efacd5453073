"""Kinds of GPUs, and what renting them costs."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from ftdata.catalog.catalog_file import catalog_names, facts_in, read_catalog_file
from ftdata.model import Fact, Gpu, Offer


@lru_cache(maxsize=1)
def all_gpus() -> tuple[Gpu, ...]:
    """Every GPU of the catalog, those with the least memory first."""
    gpus = [load_gpu(name) for name in catalog_names("gpus")]
    return tuple(sorted(gpus, key=lambda gpu: (gpu.memory_bytes, gpu.name)))


def load_gpu(name: str) -> Gpu:
    """Gives a GPU by its name. Raises UnknownName."""
    table = read_catalog_file("gpus", name.casefold(), kind="GPU")
    tflops = table.get("peak_tflops")
    return Gpu(
        name=table["name"],
        title=table["title"],
        memory_bytes=int(table["memory_gb"] * 10**9),
        peak_flops=None if tflops is None else tflops * 1e12,
        source=table["source"],
        checked=table["checked"],
        offers=tuple(_offer(offer) for offer in table.get("offers", ())),
        note=table.get("note", ""),
    )


@lru_cache(maxsize=1)
def training_facts() -> dict[str, Fact]:
    """What is known of memory and speed of training on one's own GPU: catalog/policies/own_gpu.toml."""
    return facts_in(read_catalog_file("policies", "own_gpu", kind="policy")["facts"])


def _offer(table: dict[str, Any]) -> Offer:
    return Offer(**{**table, "usd_per_hour": Decimal(table["usd_per_hour"])})
