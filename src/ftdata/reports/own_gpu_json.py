"""Memory, hours and rents of a training job as plain values: `own_gpu` of schemas/output/estimate.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ftdata.costs.own_gpu.job import Job, Tuning
from ftdata.costs.own_gpu.memory import Part, bytes_needed
from ftdata.costs.own_gpu.renting import Rental
from ftdata.reports.bill_json import amount


def own_gpu_json(
    job: Job,
    memory: dict[Tuning, tuple[Part, ...]],
    rentals: Sequence[Rental],
    *,
    length_is_assumed: bool,
) -> dict[str, Any]:
    """Gives one model's part of the estimate."""
    shape = job.architecture
    return {
        "model": shape.name,
        "parameters": shape.parameters,
        "source": shape.source,
        "tuning": job.tuning,
        "trained_parameters": job.trained_parameters,
        "tokens": job.tokens,
        "length": job.length,
        "length_is_assumed": length_is_assumed,
        "batch": job.batch,
        "memory_bytes": {tuning: _memory(parts) for tuning, parts in memory.items()},
        "rentals": [_rental(rental) for rental in rentals],
    }


def _memory(parts: tuple[Part, ...]) -> dict[str, list[int]]:
    """Least and most of each part, and of all together on one GPU."""
    return {
        **{part.name.lower(): [part.least, part.most] for part in parts},
        "total": list(bytes_needed(parts)),
    }


def _rental(rental: Rental) -> dict[str, Any]:
    hours, offer, cost = rental.hours, rental.offer, rental.cost
    return {
        "gpu": rental.gpu.name,
        "gpus": rental.gpus,
        "fits": rental.fit,
        "hours": None
        if hours is None
        else {"low": hours.low, "expected": hours.expected, "high": hours.high},
        "provider": offer.provider if offer else None,
        "per_hour": amount(offer.usd_per_hour) if offer else None,
        "currency": offer.currency if offer else None,
        "as_of": offer.as_of.isoformat() if offer else None,
        "source": offer.source if offer else None,
        "cost": None
        if cost is None
        else dict(zip(("low", "expected", "high"), map(amount, cost), strict=True)),
    }
