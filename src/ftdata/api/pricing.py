"""Counted rows -> what each model of a target would cost, under one set of terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ftdata.api.model_choice import priced_tuning, stated_price_of
from ftdata.catalog.billing_catalog import billing_of
from ftdata.catalog.model_catalog import load_model, model_vendors
from ftdata.catalog.offers import Offer, offer_for
from ftdata.catalog.price_catalog import PriceBook
from ftdata.catalog.target_catalog import limits_of
from ftdata.costs.bill import Baseline, bill
from ftdata.costs.epochs import EpochAdvice
from ftdata.costs.monthly_bill import rates_of
from ftdata.costs.own_gpu.job import Tuning
from ftdata.costs.own_tokens import own_tokens_ratio
from ftdata.costs.quote import Quote, quote
from ftdata.costs.usage import UNUSED, Rates, Usage
from ftdata.errors import UnknownName
from ftdata.model import DEFAULT_TOKENIZER, Model, Report, Target
from ftdata.tokens.counter import counter

#: The tier of what the untuned model costs, where the tuned one has a price of its own.
_BASE = "base"


@dataclass(frozen=True)
class Terms:
    """Whose prices, on which day, and how the model would be used. `stated` are the user's, by model."""

    book: PriceBook
    stated: Mapping[str, Decimal]
    today: date
    tuning: Tuning
    tier: str | None = None
    region: str | None = None
    price_age: int | None = None
    usage: Usage = UNUSED
    scripts: Mapping[str, int] = field(default_factory=dict)  # see `scripts_seen`
    template_notes: tuple[str, ...] = ()  # of the chat template that rows were rendered by


@dataclass(frozen=True)
class Choice:
    """A model with what its tokens are counted in and where its examples are cut."""

    model: Model
    encoding: str
    cap: int | None
    is_estimated: bool = False  # the model's own tokens are not known, and nobody said to count so

    @property
    def tally(self) -> str:
        """The name of its counts in a report."""
        return f"{self.encoding}:{self.cap or ''}"


def choice_of(
    model: Model, target: Target, *, tokenizer: str | None = None, max_tokens: int | None = None
) -> Choice:
    """Gives how a model's tokens are counted; `tokenizer` and `max_tokens` stand over the catalog."""
    limit = model.facts.get("max_tokens") or target.facts.get("max_tokens")
    cap = limit.value if limit is not None and limit.effect == "truncate" else None
    encoding = tokenizer or model.encoding or target.encoding or DEFAULT_TOKENIZER
    estimated = target.hosted and tokenizer is None and model.encoding is None
    return Choice(model, encoding, max_tokens or cap, estimated and encoding == DEFAULT_TOKENIZER)


def counts_for(choices: Iterable[Choice]) -> tuple[tuple[str, int | None], ...]:
    """What has to be counted for all of them, each once (see `ValidatePlan.counts`)."""
    return tuple(dict.fromkeys((choice.encoding, choice.cap) for choice in choices))


def quotes_for(
    target: Target,
    choices: Iterable[Choice],
    report: Report,
    advice: EpochAdvice,
    terms: Terms,
    *,
    validation: Report | None = None,
) -> list[Quote]:
    """Gives a quote for each choice, the cheapest first and those of unknown cost last."""
    return sort_by_cost(
        [_quote(target, choice, report, advice, terms, validation) for choice in choices]
    )


def sort_by_cost(quotes: Iterable[Quote]) -> list[Quote]:
    """The cheapest first, those of unknown cost last; equal ones by their names."""
    return sorted(quotes, key=lambda one: (one.cost is None, one.cost or Decimal(0), one.model))


def _quote(
    target: Target,
    choice: Choice,
    report: Report,
    advice: EpochAdvice,
    terms: Terms,
    validation: Report | None,
) -> Quote:
    model, pairs = choice.model, target.method == "dpo"
    offer = offer_for(
        model,
        method=target.method,
        tier=terms.tier,
        region=terms.region,
        tuning=priced_tuning(terms.tuning),
        book=terms.book,
    )
    price = stated_price_of(model, terms.stated, terms.today) or offer.training
    counts: Mapping[str, int] = report.tokens.get(choice.tally, {})
    ratio, estimate_note = None, None
    if choice.is_estimated:
        ratio, estimate_note = own_tokens_ratio(model.name, terms.scripts)
    billed = bill(
        offer,
        price,
        counts,
        epochs=advice.epochs,
        usage=terms.usage,
        today=terms.today,
        ratio=ratio,
        baseline=_baseline(offer, choice.encoding, terms),
        validation=None if validation is None else validation.tokens.get(choice.tally, {}),
        answers=2 if pairs else 1,
    )
    return quote(
        model,
        counts,
        advice,
        price=price,
        gaps=offer.gaps,
        price_age=terms.price_age,
        today=terms.today,
        encoding=choice.encoding,
        pairs=pairs,
        bill=billed if target.hosted else None,
        cap=choice.cap,
        estimate_note=estimate_note,
        template_notes=terms.template_notes,
        trains_on_all=limits_of(target).trains_on == "all",
    )


def _baseline(offer: Offer, encoding: str, terms: Terms) -> Baseline:
    usage = terms.usage
    if not usage.has_baseline:
        return Baseline()
    tokens = usage.baseline_tokens
    if usage.baseline_prompt is not None:
        tokens = counter(encoding)(usage.baseline_prompt)
    untuned = _untuned_rates(offer.model, terms)
    if usage.baseline_model is None:
        return Baseline(tokens, usage.baseline_rates or untuned)
    if usage.baseline_rates is not None:
        return Baseline(tokens, untuned, usage.baseline_model, usage.baseline_rates)
    today_s = _model_of_today(usage.baseline_model, offer.model.vendor)
    if today_s == offer.model:
        return Baseline(tokens, untuned)
    return Baseline(tokens, untuned, today_s.name, _untuned_rates(today_s, terms))


def _model_of_today(name: str, vendor: str) -> Model:
    """A model of this vendor, or else of any."""
    for one in (vendor, *model_vendors()):
        with suppress(UnknownName):
            return load_model(name, vendor=one)
    return load_model(name, vendor=vendor)  # raises, with near names of this vendor


def _untuned_rates(model: Model, terms: Terms) -> Rates | None:
    """What the model costs before it is tuned; None: not known."""
    fact = billing_of(model.vendor).get("tuned_inference")
    same = fact is not None and fact.value == "base price"
    found = terms.book.find(
        model,
        "inference",
        tier=terms.tier if same else _BASE,
        region=terms.region if same else None,
    )
    return rates_of(found[0]) if found else None
