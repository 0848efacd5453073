"""GPU memory of a training job by its parts, in bytes, each with the least and the most that is published."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ftdata.catalog.gpu_catalog import training_facts
from ftdata.costs.own_gpu.job import Job


@dataclass(frozen=True)
class Part:
    """Bytes of one part. `shared`: several GPUs divide it among themselves (FSDP, ZeRO-3)."""

    name: str
    least: int
    most: int
    shared: bool


def memory_parts(job: Job) -> tuple[Part, ...]:
    """Weights, gradients, optimizer, activations, logits, and what CUDA takes itself.

    With gradient checkpointing, which all trainers here have or advise: of each layer its input stays.
    Sources: catalog/policies/own_gpu.toml.
    """
    trained = job.trained_parameters
    logits = job.batch * job.length * job.architecture.vocabulary * 4
    context = int(_fact("context_bytes"))
    return (
        _weights(job),
        _part("gradients", trained, "gradient_bytes"),
        _part("optimizer", trained, "optimizer_bytes"),
        _activations(job),
        _part("logits", logits, "logit_copies", shared=False),
        Part("CUDA", context, context, shared=False),
    )


def bytes_needed(parts: Sequence[Part], gpus: int = 1) -> tuple[int, int]:
    """The least and the most that one of so many GPUs holds."""
    least = sum(math.ceil(part.least / gpus) if part.shared else part.least for part in parts)
    most = sum(math.ceil(part.most / gpus) if part.shared else part.most for part in parts)
    return least, most


def _weights(job: Job) -> Part:
    shape = job.architecture
    if job.tuning == "full":
        return _part("weights", shape.parameters, "full_weights_bytes")
    bytes_each = _fact("weights_bytes")
    adapters = bytes_each * job.trained_parameters
    if job.tuning == "lora":
        size = bytes_each * shape.parameters + adapters
        return Part("weights", size, size, shared=True)
    kept = bytes_each * (shape.parameters - shape.matrix_parameters) + adapters
    four_bit = _part("weights", shape.matrix_parameters, "four_bit_bytes")
    return Part("weights", kept + four_bit.least, kept + four_bit.most, shared=True)


def _activations(job: Job) -> Part:
    shape = job.architecture
    per_token = _fact("activation_bytes")
    tokens = job.batch * job.length
    kept = per_token["boundary"] * tokens * shape.hidden * shape.layers
    layer = per_token["layer"] * tokens * shape.hidden
    scores = per_token["scores"] * shape.heads * job.batch * job.length**2
    return Part("activations", kept + layer, kept + layer + scores, shared=False)


def _part(name: str, count: int, fact: str, *, shared: bool = True) -> Part:
    least, most = _fact(fact)
    return Part(name, int(count * least), int(count * most), shared)


def _fact(name: str) -> Any:
    return training_facts()[name].value
