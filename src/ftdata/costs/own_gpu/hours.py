"""How long a training job takes on GPUs of a kind."""

from __future__ import annotations

from ftdata.catalog.gpu_catalog import training_facts
from ftdata.costs.own_gpu.job import Job, Range
from ftdata.model import Gpu


def training_flops(job: Job) -> tuple[float, float]:
    """Floating point operations of the job, the least and the most.

    6NT for all weights (N parameters, T tokens). Adapters save the gradients of the frozen weights: 4NT at
    best; as measured gains vary, nothing at worst.
    """
    facts = training_facts()
    whole = float(facts["flops_per_parameter_and_token"].value)
    least = whole
    if job.tuning != "full":
        least = float(facts["adapter_flops_per_parameter_and_token"].value)
    each = job.architecture.active_parameters * job.tokens
    return least * each, whole * each


def training_hours(job: Job, gpu: Gpu, gpus: int = 1) -> Range | None:
    """Hours by the share of the peak that is used; None where the peak is not known.

    Several GPUs are taken to be as fast as their number; loading the model is not in it.
    """
    if gpu.peak_flops is None:
        return None
    least, most = training_flops(job)
    used = training_facts()["utilization"].value
    peak = gpu.peak_flops * gpus * 3600
    return Range(
        least / (peak * used["most"]),
        least / (peak * used["expected"]),
        most / (peak * used["least"]),
    )
