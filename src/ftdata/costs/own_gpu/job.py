"""A training job as far as memory and time depend on it, and a figure with its bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ftdata.model import Architecture

Tuning = Literal["full", "lora", "qlora"]


@dataclass(frozen=True)
class Job:
    """`tokens` are those of all epochs, padding included. `length` and `batch` are of one step on one GPU."""

    architecture: Architecture
    tuning: Tuning
    tokens: int
    length: int
    batch: int = 1
    rank: int = 16

    @property
    def trained_parameters(self) -> int:
        """Weights that have gradients."""
        if self.tuning == "full":
            return self.architecture.parameters
        return self.architecture.adapter_parameters(self.rank)


@dataclass(frozen=True)
class Range:
    """A figure that is not known exactly."""

    low: float
    expected: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.expected <= self.high:
            raise ValueError(f"{self.low} <= {self.expected} <= {self.high} does not hold")
