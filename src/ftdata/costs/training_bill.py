"""What a job costs: tokens x epochs, or hours; with minimums and validation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ftdata.costs.note import Note
from ftdata.costs.spread import Spread, per_million
from ftdata.costs.usage import Usage
from ftdata.model import Fact, Price


@dataclass(frozen=True)
class TrainingBill:
    """`cost` None: not known, and `notes` say why. `validation_tokens` None: no file was handed over."""

    cost: Spread | None
    tokens: Spread  # of all epochs, those of validation not among them
    validation_tokens: Spread | None = None  # that are billed
    notes: tuple[Note, ...] = field(default=())


def training_bill(
    price: Price | None,
    epoch: Spread,
    epochs: int,
    *,
    billing: Mapping[str, Fact],
    usage: Usage,
    validation: Spread | None = None,
) -> TrainingBill:
    """Gives the bill of a job. `epoch` is the tokens of one, `validation` those of one pass over that file.

    Of a price that is a range, its end is expected: a vendor has one price for a model, and to budget less
    would be a guess.
    """
    tokens = epoch.times(epochs)
    billed: Spread | None = None
    notes: list[Note] = []
    if validation is not None:
        billed, notes = _validation(validation, epochs, billing, usage)
    cost: Spread | None = None
    if price is not None and price.usd_per_million_tokens is not None:
        low = price.usd_per_million_tokens
        high = price.most_usd_per_million_tokens or low
        cost = per_million(
            tokens if billed is None else tokens.plus(billed), Spread(low, high, high)
        )
    elif price is not None and price.usd_per_hour is not None:
        cost, note = _by_time(price, usage)
        notes.append(note)
    if cost is not None:
        cost, more = _with_minimum(cost, billing)
        notes += more
    notes += _job_limit(tokens, billing)
    return TrainingBill(cost, tokens, billed, tuple(notes))


def _by_time(price: Price, usage: Usage) -> tuple[Spread | None, Note]:
    rate = price.usd_per_hour or Decimal(0)
    if usage.hours is None:
        return None, Note("how long the job takes is not known: --hours LOW-HIGH gives a cost")
    low, high = usage.hours
    hours = Spread.between(low, high)
    text = (
        f"{low} hours"
        if hours.is_exact
        else f"{low} to {high} hours, as stated; the middle is expected"
    )
    return hours.times(rate), Note(text)


def _validation(
    tokens: Spread, epochs: int, billing: Mapping[str, Fact], usage: Usage
) -> tuple[Spread, list[Note]]:
    """The tokens of validation that are billed."""
    fact = billing.get("validation_billed")
    if fact is None:
        most = tokens.times(epochs).high
        text = "whether validation is billed is not known; high: as if it were, once an epoch"
        return Spread(Decimal(0), Decimal(0), most), [Note(text)]
    doubt = "" if fact.certain else ", as far as is known"
    if not fact.value:
        return Spread.of(0), [Note(f"validation tokens are not billed{doubt}", fact.source)]
    passes = billing.get("validation_passes")
    if passes is None or passes.value == "once":
        return tokens, [Note(f"validation tokens are billed once{doubt}", fact.source)]
    if usage.evaluations is not None:
        text = f"validation tokens are billed for {usage.evaluations} evaluations, as stated"
        return tokens.times(usage.evaluations), [Note(text, fact.source)]
    text = (
        "validation tokens are billed for each evaluation: low none, which is the default there, else one "
        "an epoch; --evaluations states them"
    )
    spread = tokens.times(epochs)
    return Spread(Decimal(0), spread.expected, spread.high), [Note(text, fact.source)]


def _with_minimum(cost: Spread, billing: Mapping[str, Fact]) -> tuple[Spread, list[Note]]:
    fact = billing.get("minimum_usd_per_job")
    minimum = Decimal(fact.value) if fact is not None else Decimal(0)
    if fact is None or cost.low >= minimum:
        return cost, []
    return cost.at_least(minimum), [
        Note(f"the least that a job costs is {minimum} USD", fact.source)
    ]


def _job_limit(tokens: Spread, billing: Mapping[str, Fact]) -> list[Note]:
    fact = billing.get("max_job_tokens")
    if fact is None or tokens.expected <= fact.value:
        return []
    return [Note(f"more than one job may have: {fact.value:,} tokens of all epochs", fact.source)]
