"""Which GPUs hold a training job, how long it takes there, and what renting them costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ftdata.costs.own_gpu.hours import training_hours
from ftdata.costs.own_gpu.job import Job, Range
from ftdata.costs.own_gpu.memory import bytes_needed, memory_parts
from ftdata.model import Gpu, Offer

#: yes: with the most memory that the job could take; perhaps: with the least.
Fit = Literal["yes", "perhaps", "no"]

#: How many GPUs machines have.
_NUMBERS = (1, 2, 4, 8)


@dataclass(frozen=True)
class Rental:
    """One machine that could do the job. `cost`: low, expected, high, in the offer's currency, unrounded."""

    gpu: Gpu
    gpus: int
    fit: Fit
    hours: Range | None
    offer: Offer | None
    cost: tuple[Decimal, Decimal, Decimal] | None


def rentals(job: Job, gpus: Sequence[Gpu]) -> list[Rental]:
    """Gives each kind of GPU in the smallest number that may hold the job, on each machine for rent.

    Where it is not certain that this number does, the smallest one that does for certain is given, too. A
    kind of which not even eight hold the job stands there once, with fit "no". The cheapest come first, then
    those without a price.
    """
    found = [rental for gpu in gpus for rental in _of_kind(job, gpu)]
    return sorted(found, key=_by_cost)


def _of_kind(job: Job, gpu: Gpu) -> Iterator[Rental]:
    parts = memory_parts(job)
    perhaps = False
    for number in _NUMBERS:
        least, most = bytes_needed(parts, number)
        if most <= gpu.memory_bytes:
            yield from _for_rent(job, gpu, number, "yes")
            return
        if least <= gpu.memory_bytes and not perhaps:
            perhaps = True
            yield from _for_rent(job, gpu, number, "perhaps")
    if not perhaps:
        yield Rental(gpu, _NUMBERS[-1], "no", None, None, None)


def _for_rent(job: Job, gpu: Gpu, number: int, fit: Fit) -> Iterator[Rental]:
    hours = training_hours(job, gpu, number)
    offers: list[Offer | None] = [offer for offer in gpu.offers if offer.gpus == number]
    for offer in offers or [None]:
        yield Rental(gpu, number, fit, hours, offer, _cost(hours, offer))


def _cost(hours: Range | None, offer: Offer | None) -> tuple[Decimal, Decimal, Decimal] | None:
    if hours is None or offer is None:
        return None
    low, expected, high = (
        Decimal(time) * offer.usd_per_hour for time in (hours.low, hours.expected, hours.high)
    )
    return low, expected, high


def _by_cost(rental: Rental) -> tuple[bool, bool, Decimal, int, str]:
    cost = rental.cost[1] if rental.cost else Decimal(0)
    return (rental.fit == "no", rental.cost is None, cost, rental.gpu.memory_bytes, rental.gpu.name)
