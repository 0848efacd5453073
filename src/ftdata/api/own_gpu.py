"""What training an open model takes on one's own GPU, or a rented one."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from ftdata.catalog.architecture_catalog import load_architecture
from ftdata.catalog.gpu_catalog import all_gpus
from ftdata.catalog.price_catalog import default_tuning
from ftdata.costs.own_gpu.job import Job, Tuning
from ftdata.costs.own_gpu.memory import Part, memory_parts
from ftdata.costs.own_gpu.renting import Rental, rentals
from ftdata.errors import UsageError

#: Tokens of a row where neither the trainer nor the user names a length.
ASSUMED_LENGTH = 2048

#: From the most memory to the least.
TUNINGS: tuple[Tuning, ...] = ("full", "lora", "qlora")


@dataclass(frozen=True)
class GpuOptions:
    """How one would train. `length` None: that of the target, or else `ASSUMED_LENGTH`.

    `packing`: rows are put behind each other, so that none is padded.
    """

    length: int | None = None
    batch: int = 1
    rank: int = 16
    packing: bool = False

    @property
    def pads(self) -> bool:
        """True where a row is as long as the longest beside it."""
        return self.batch > 1 and not self.packing

    def __post_init__(self) -> None:
        for name in ("length", "batch", "rank"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise UsageError(f"{name} {value} is not at least 1")


@dataclass(frozen=True)
class GpuEstimate:
    """One model's job. `memory` has the parts under each way of tuning, `rentals` is about the job's own."""

    job: Job
    memory: dict[Tuning, tuple[Part, ...]]
    rentals: tuple[Rental, ...]
    length_is_assumed: bool

    def parts(self) -> dict[str, Any]:
        """Gives the fields by their names."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def checked_tuning(name: str | None) -> Tuning:
    """Gives the way of tuning; without a name, that of catalog/policies/prices.toml. Raises UsageError."""
    name = name or default_tuning()
    for tuning in TUNINGS:
        if name == tuning:
            return tuning
    raise UsageError(f"tuning {name!r} is not one of {', '.join(TUNINGS)}")


def gpu_estimate(
    model: str, *, tokens: int, cap: int | None, tuning: Tuning, options: GpuOptions
) -> GpuEstimate:
    """Gives memory, hours and rents of training on so many tokens, those of all epochs and of padding.

    `model` is a name of the catalog, or a path to a `config.json` or its folder. `cap` is where the trainer
    cuts a row. Raises UnknownName and UnreadableSource.
    """
    length = options.length or cap or ASSUMED_LENGTH

    def job(way: Tuning) -> Job:
        return Job(shape, way, tokens, length, options.batch, options.rank)

    shape = load_architecture(model)
    return GpuEstimate(
        job=job(tuning),
        memory={way: memory_parts(job(way)) for way in TUNINGS},
        rentals=tuple(rentals(job(tuning), all_gpus())),
        length_is_assumed=options.length is None and cap is None,
    )
