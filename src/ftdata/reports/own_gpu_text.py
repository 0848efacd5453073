"""Memory, hours and rents of a training job as tables, with every assumption below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ftdata.catalog.gpu_catalog import training_facts
from ftdata.costs.own_gpu.job import Job, Tuning
from ftdata.costs.own_gpu.memory import Part, bytes_needed
from ftdata.costs.own_gpu.renting import Rental
from ftdata.reports.money_text import money
from ftdata.reports.table import table

_RENTALS_SHOWN = 12


def own_gpu_text(
    job: Job,
    memory: dict[Tuning, tuple[Part, ...]],
    rentals: Sequence[Rental],
    *,
    length_is_assumed: bool,
) -> str:
    """Gives one model's part of the estimate."""
    shape = job.architecture
    head = f"{shape.name}: {shape.parameters / 1e9:.2f} billion parameters ({shape.source})"
    return "\n".join(
        [
            "",
            head,
            _memory_table(memory),
            "",
            _rental_table(job, rentals),
            *_notes(job, rentals, length_is_assumed=length_is_assumed),
        ]
    )


def _memory_table(memory: dict[Tuning, tuple[Part, ...]]) -> str:
    names = [part.name for part in next(iter(memory.values()))]
    rows = [
        [name, *(_span(parts[row].least, parts[row].most) for parts in memory.values())]
        for row, name in enumerate(names)
    ]
    rows.append(["in all, GB", *(_span(*bytes_needed(parts)) for parts in memory.values())])
    header = ["memory, GB", *memory]
    return table(header, rows, right=range(1, len(header)))


def _span(least: float, most: float) -> str:
    low, high = f"{least / 1e9:.1f}", f"{most / 1e9:.1f}"
    return low if low == high else f"{low}-{high}"


def _rental_table(job: Job, rentals: Sequence[Rental]) -> str:
    shown = [rental for rental in rentals if rental.fit != "no"][:_RENTALS_SHOWN]
    if not shown:
        return f"{job.tuning}: no GPU of the catalog holds it, nor do eight of a kind"
    rows = [
        (
            f"{rental.gpus}x {rental.gpu.title}" if rental.gpus > 1 else rental.gpu.title,
            rental.fit,
            _hours(rental),
            rental.offer.provider if rental.offer else "",
            f"{rental.offer.usd_per_hour:f}" if rental.offer else "unknown",
            rental.offer.as_of.isoformat() if rental.offer else "",
            _cost(rental),
        )
        for rental in shown
    ]
    header = (f"{job.tuning} on", "fits", "time", "rented from", "per hour", "as of", "cost")
    return table(header, rows, right=(4, 6))


def _hours(rental: Rental) -> str:
    hours = rental.hours
    if hours is None:
        return "unknown"
    if hours.high < 1 / 60:
        return "under a minute"
    factor, unit = (1, "h") if hours.high >= 1 else (60, "min")
    low, high = (f"{time * factor:.1f}" for time in (hours.low, hours.high))
    return f"{low}-{high} {unit}"


def _cost(rental: Rental) -> str:
    if rental.cost is None or rental.offer is None:
        return "unknown"
    low, _, high = rental.cost
    return f"{money(low).removesuffix(' USD')}-{money(high, rental.offer.currency)}"


def _notes(job: Job, rentals: Sequence[Rental], *, length_is_assumed: bool) -> Iterator[str]:
    why = ", assumed: --max-tokens states another" if length_is_assumed else ""
    adapters = "" if job.tuning == "full" else f", adapters of rank {job.rank} on every matrix"
    yield f"rows of at most {job.length:,} tokens{why}; {job.batch} at a time on each GPU{adapters}"
    used = training_facts()["utilization"]
    shares = " to ".join(f"{used.value[name]:.0%}" for name in ("least", "most"))
    yield f"time: {job.tokens:,} tokens with padding, at {shares} of the GPU's peak, the model being loaded"
    yield f"share of the peak: {used.source}"
    yield "memory: with gradient checkpointing; least with 8-bit Adam, flash attention and a fused loss"
    if any(rental.gpus > 1 for rental in rentals[:_RENTALS_SHOWN]):
        yield "GPUs divide weights, gradients and optimizer (FSDP, ZeRO-3); the time of that is not counted"
    shown = rentals[:_RENTALS_SHOWN]
    notes = {rental.gpu.title: rental.gpu.note for rental in shown if rental.gpu.note}
    yield from (f"{title}: {note}" for title, note in notes.items())
    sources = {rental.offer.source: rental.offer.as_of for rental in shown if rental.offer}
    if sources:
        yield "rents: " + "; ".join(f"{source} ({day})" for source, day in sorted(sources.items()))
