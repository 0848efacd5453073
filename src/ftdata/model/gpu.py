"""A kind of GPU, and what renting one costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Offer:
    """A machine for rent, as listed on a day. `usd_per_hour` is for all of its `gpus` together."""

    provider: str
    title: str
    gpus: int
    usd_per_hour: Decimal
    as_of: date
    source: str
    currency: str = "USD"


@dataclass(frozen=True)
class Gpu:
    """A kind of GPU. `peak_flops` are dense, in 16 bits, a second; None: not known."""

    name: str
    title: str
    memory_bytes: int
    peak_flops: float | None
    source: str
    checked: date
    offers: tuple[Offer, ...] = ()
    note: str = ""
