"""One line of a price list, and which models it is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from ftdata.model.target import Model

PriceKind = Literal["training", "inference", "hosting", "storage", "grading"]

#: The fields of a price that are amounts of money.
AMOUNTS = (
    "usd_per_million_tokens",
    "most_usd_per_million_tokens",
    "usd_per_million_input_tokens",
    "usd_per_million_cached_input_tokens",
    "usd_per_million_output_tokens",
    "usd_per_hour",
    "usd_per_month",
)


@dataclass(frozen=True)
class Price:
    """One line of a price list. Amounts are in `currency`; those that are not of its kind are None.

    A price is of training (by tokens or by time), of inference with the tuned model, of hosting it, of
    storing it, or of the model that grades answers in a reinforcement job.
    """

    model: str  # or what the list calls the class of models
    vendor: str
    kind: PriceKind
    tier: str
    as_of: date  # the day on which the vendor listed it; of a bare month or year, its first
    source: str
    checked: date  # the day the source was last looked at
    region: str | None = None
    methods: tuple[str, ...] = ()  # of training
    tuning: Literal["lora", "full"] | None = None  # of training: which weights; None: either
    gpu: str | None = None  # what is rented by the hour
    usd_per_million_tokens: Decimal | None = None  # of training
    most_usd_per_million_tokens: Decimal | None = None  # where only a range is known: its end
    usd_per_million_input_tokens: Decimal | None = None
    usd_per_million_cached_input_tokens: Decimal | None = None
    usd_per_million_output_tokens: Decimal | None = None
    usd_per_hour: Decimal | None = None  # of hosting, and of training that is billed by time
    usd_per_month: Decimal | None = None  # of storage, for each model
    until: date | None = None  # the first day on which it held no more
    dated: str = ""  # as the vendor dates it, where that is no day: "2026-09", "2025"
    certain: bool = True  # False: second-hand, or of unclear date
    unknown: bool = False  # looked for and not found: there is a charge, but no amount
    suspect: bool = False  # looks like an error in the vendor's list: kept, never used
    note: str = ""
    currency: str = "USD"

    @property
    def listed(self) -> str:
        """When the vendor listed it, as precisely as that is known."""
        return self.dated or self.as_of.isoformat()

    def age_days(self, today: date) -> int:
        """Days since the vendor is known to have listed it."""
        return (today - self.as_of).days

    def holds(self, day: date) -> bool:
        """True from the day it was listed, and before the day it held no more."""
        return self.as_of <= day and (self.until is None or day < self.until)

    def is_older(self, days: int, today: date) -> bool:
        """True if it was listed more than so many days ago."""
        return self.age_days(today) > days


@dataclass(frozen=True)
class PriceScope:
    """Which models of a vendor a price list is for: some by name, all of a size, or any.

    Sizes are billions of parameters, as many as the model has (not only those it uses for a token).
    """

    title: str  # what the list calls them
    names: tuple[str, ...] = ()
    over_billion: Decimal | None = None  # it has more than these
    up_to_billion: Decimal | None = None  # and no more than these

    @property
    def by_size(self) -> bool:
        """True for a class of models of some size."""
        return self.over_billion is not None or self.up_to_billion is not None

    def rank(self, model: Model) -> int | None:
        """How closely the model is meant: 0 by name, 1 by size, 2 as any; None: not at all."""
        if self.names:
            return 0 if model.name in self.names else None
        if not self.by_size:
            return 2
        size = model.parameters_billion
        if size is None:
            return None
        above = self.over_billion is None or size > self.over_billion
        below = self.up_to_billion is None or size <= self.up_to_billion
        return 1 if above and below else None


@dataclass(frozen=True)
class PriceList:
    """What one file says: the prices of one model, or of one class of models."""

    vendor: str
    scope: PriceScope
    prices: tuple[Price, ...]
