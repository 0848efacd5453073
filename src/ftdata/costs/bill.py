"""All that one model would cost: training, a month of it, and when that is paid back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ftdata.catalog.offers import Offer
from ftdata.costs.billed_tokens import billed_tokens
from ftdata.costs.break_even import BreakEven, Call, Route, routes_of
from ftdata.costs.images import image_tokens
from ftdata.costs.monthly_bill import MonthlyBill, monthly_bill, tuned_rates
from ftdata.costs.note import Note
from ftdata.costs.spread import EXACT, Spread
from ftdata.costs.training_bill import TrainingBill, training_bill
from ftdata.costs.usage import Rates, Usage, request_of
from ftdata.model import Price

#: Days of a month, in which months left are counted.
_DAYS = Decimal(30)


@dataclass(frozen=True)
class Baseline:
    """Today's way: prompt tokens of one request, and who answers it.

    `base` is what the untuned model costs; `larger` the name of another model that answers today, and
    `larger_rates` what that costs.
    """

    tokens: int | None = None
    base: Rates | None = None
    larger: str | None = None
    larger_rates: Rates | None = None


#: Nothing is known of today.
NO_BASELINE = Baseline()


@dataclass(frozen=True)
class Bill:
    """What one model costs. `break_even` None: the user says nothing about today."""

    training: TrainingBill
    month: MonthlyBill
    break_even: BreakEven | None = None

    def notes(self) -> Iterator[Note]:
        """Every assumption, once."""
        yield from dict.fromkeys((*self.training.notes, *self.month.notes))


def bill(
    offer: Offer,
    price: Price | None,
    counts: Mapping[str, int],
    *,
    epochs: int,
    usage: Usage,
    today: date,
    baseline: Baseline = NO_BASELINE,
    ratio: Spread | None = None,
    validation: Mapping[str, int] | None = None,
    answers: int = 1,
) -> Bill:
    """Gives the bill for what `tokens.tally` counted in the data and in the validation file, if there is one.

    `price` is of training: that of the offer, or the user's. `ratio` is of the model's tokens to the counted
    ones where its vocabulary is not known; `answers` how many one row has.
    """
    model = offer.model
    epoch, notes = billed_tokens(model, counts, offer.billing, ratio=ratio)
    checked = None
    if validation is not None:
        checked, _ = billed_tokens(model, validation, offer.billing, ratio=ratio)
    training = training_bill(
        price, epoch, epochs, billing=offer.billing, usage=usage, validation=checked
    )
    images = image_tokens(model, counts)
    seen = None if images is None else Spread.between(images.least, images.most)
    request = request_of(usage, counts, images=seen, answers=answers, ratio=ratio)
    month = monthly_bill(offer, request, usage)
    training = TrainingBill(
        training.cost, training.tokens, training.validation_tokens, (*notes, *training.notes)
    )
    paid_back = None
    if usage.has_baseline:
        paid_back = _break_even(offer, training, month, usage, baseline, today)
    return Bill(training, month, paid_back)


def _break_even(
    offer: Offer,
    training: TrainingBill,
    month: MonthlyBill,
    usage: Usage,
    baseline: Baseline,
    today: date,
) -> BreakEven:
    rates, request, served = tuned_rates(offer), month.request, offer.model.serves_until
    left = None
    if served is not None:
        left = EXACT.divide(Decimal(max(0, (served - today).days)), _DAYS)
    routes: tuple[Route, ...] = ()
    if rates is not None and request is not None:
        prompt = baseline.tokens
        routes = routes_of(
            Call(request.prompt_tokens.expected, request.completion_tokens.expected, rates),
            base=baseline.base,
            baseline_tokens=None if prompt is None else Decimal(prompt),
            larger=baseline.larger_rates,
            asks_larger=baseline.larger is not None,
            retries_before=usage.retries_before,
            retries_after=usage.retries_after,
        )
    return BreakEven(
        model=offer.model.name,
        routes=routes,
        training=None if training.cost is None else training.cost.expected,
        hosting=None if month.hosting is None else month.hosting.expected,
        requests=usage.requests,
        months_left=left,
    )
