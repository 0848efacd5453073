"""What a tuned model costs each month: that it is there, and that it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ftdata.catalog.offers import Offer
from ftdata.catalog.price_catalog import hours_a_month
from ftdata.costs.note import Note
from ftdata.costs.spread import Spread, per_million
from ftdata.costs.usage import Rates, Request, Usage
from ftdata.model import Price


@dataclass(frozen=True)
class MonthlyBill:
    """`hosting` and `inference` of one month; None: not known. `per_request` is of one request."""

    hosting: Spread | None
    request: Request | None
    per_request: Spread | None
    inference: Spread | None
    notes: tuple[Note, ...]


def monthly_bill(offer: Offer, request: Request | None, usage: Usage) -> MonthlyBill:
    """Gives the monthly bill of one tuned model, hosted all the time, with nothing read from a cache."""
    hosting, notes = hosting_of(offer)
    rates = tuned_rates(offer)
    each = None if rates is None or request is None else request_cost(request, rates)
    inference = None if each is None or usage.requests is None else each.times(usage.requests)
    if usage.requests is not None:
        notes += _request_notes(offer, request, rates)
    return MonthlyBill(hosting, request, each, inference, tuple(notes))


def hosting_of(offer: Offer) -> tuple[Spread | None, list[Note]]:
    """What a month of hosting and storage costs, and what was assumed."""
    storage = offer.storage.usd_per_month if offer.storage is not None else None
    kept = Spread.of(storage or Decimal(0))
    fact = offer.billing.get("hosting")
    if not offer.hosting:
        if fact is not None and fact.value == "none":
            doubt = "" if fact.certain else ", as far as is known"
            return kept, [Note(f"hosting costs nothing{doubt}", fact.source)]
        note = " a tuned model has to be hosted;" if fact is not None else ""
        return None, [Note(f"hosting:{note} no price is known", fact.source if fact else "")]
    rates = sorted(price.usd_per_hour or Decimal(0) for price in offer.hosting)
    hours = hours_a_month()
    month = Spread(rates[0], rates[0], rates[-1]).times(hours).plus(kept)
    if not rates[-1]:
        return month, []
    gpu = offer.hosting[0].gpu is not None
    what = "one GPU, low the cheapest and high the dearest" if gpu else f"{rates[0]} USD an hour"
    return month, [Note(f"hosting: {hours} hours a month of {what}", offer.hosting[0].source)]


def tuned_rates(offer: Offer) -> Rates | None:
    """What the tuned model's tokens cost; 0 where GPUs are rented by the hour and requests are in that."""
    rates = rates_of(offer.inference)
    if rates is None and offer.hosting and all(price.gpu for price in offer.hosting):
        return Rates(Decimal(0), Decimal(0))
    return rates


def rates_of(price: Price | None) -> Rates | None:
    """The two rates of a price of inference, where both are known."""
    if price is None:
        return None
    given, made = price.usd_per_million_input_tokens, price.usd_per_million_output_tokens
    return None if given is None or made is None else Rates(given, made)


def request_cost(request: Request, rates: Rates) -> Spread:
    """What one request costs."""
    asked = per_million(request.prompt_tokens, rates.input)
    return asked.plus(per_million(request.completion_tokens, rates.output))


def _request_notes(offer: Offer, request: Request | None, rates: Rates | None) -> list[Note]:
    notes = []
    if request is None:
        text = "requests: the rows do not say how long they are; --prompt-tokens and --completion-tokens do"
        notes.append(Note(text))
    elif request.from_data:
        prompt, made = (
            round(one.expected) for one in (request.prompt_tokens, request.completion_tokens)
        )
        text = (
            f"requests: {prompt:,} tokens in, {made:,} out, the mean of the rows; none from a cache"
        )
        notes.append(Note(text))
    if rates is None:
        notes.append(Note("requests: no price of the tuned model's tokens is known"))
    elif offer.inference is None:
        notes.append(Note("requests: paid with the hours of the GPU", offer.hosting[0].source))
    return notes
