"""`estimate`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ftdata.api.inputs import Announce, engine_choice
from ftdata.api.today import this_day
from ftdata.api.validating import judged
from ftdata.catalog.model_catalog import load_model, models_of
from ftdata.catalog.price_catalog import Price, training_price
from ftdata.catalog.target_catalog import limits_of, load_target
from ftdata.costs.epochs import EpochAdvice, epoch_advice
from ftdata.costs.quote import Quote, is_tunable, quote
from ftdata.costs.training import stated_price
from ftdata.engines.engine import LOCAL
from ftdata.engines.local import Progress
from ftdata.errors import UsageError
from ftdata.model import (
    DEFAULT_TOKENIZER,
    RENDERED,
    Model,
    ReadOptions,
    Report,
    Target,
    TemplateName,
    ValidatePlan,
)


@dataclass(frozen=True)
class EstimateResult:
    """What a job would take. `quotes` has one entry a model, the cheapest first.

    `report` says how many records are valid: only those are counted. `retired` are the models of the
    target that can no longer be tuned, and were not asked for by name.
    """

    target: str
    report: Report
    advice: EpochAdvice
    quotes: tuple[Quote, ...]
    retired: tuple[Model, ...] = ()


@dataclass(frozen=True)
class _Choice:
    """A model with what its tokens are counted in and where its examples are cut."""

    model: Model
    encoding: str
    cap: int | None

    @property
    def tally(self) -> str:
        return f"{self.encoding}:{self.cap or ''}"


def estimate(
    data: Any,
    *,
    target: str = "openai-sft",
    models: Sequence[str] = (),
    epochs: int | None = None,
    price: Decimal | None = None,
    tier: str | None = None,
    region: str | None = None,
    max_tokens: int | None = None,
    tokenizer: str | None = None,
    chat_template: str | os.PathLike[str] | None = None,
    today: date | None = None,
    reading: ReadOptions | None = None,
    workers: int | None = 1,
    engine: str = LOCAL,
    ray_address: str | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> EstimateResult:
    """Counts what would be trained on, exactly and offline, and prices it. One pass, constant memory.

    Without `models`, all models of the target that can still be tuned. `price` is in USD per million
    training tokens and replaces the catalog's. `today` decides what can still be tuned. Money is Decimal,
    unrounded; an unknown price is None. With `chat_template`, the folder of a model, each row is rendered and
    counted by its tokenizer.json. `workers`, `engine` and `ray_address` are those of `validate`. Raises
    UnknownName, UnreadableSource and MissingExtra.
    """
    if price is not None and not (price.is_finite() and price >= 0):
        raise UsageError(f"price {price} is not a number of at least 0")
    today = today or this_day()
    if chat_template is not None and tokenizer is not None:
        raise UsageError("the chat template and the tokenizer both say how tokens are counted")
    wanted = load_target(target)
    name: TemplateName | None = None
    template_notes: tuple[str, ...] = ()
    if chat_template is not None:
        from ftdata.api.chat_templates import template_to_count

        name, template_notes = template_to_count(chat_template, today=today)
        tokenizer = RENDERED
    chosen, retired = _models(wanted, models, today)
    choices = [_choice(model, wanted, tokenizer, max_tokens) for model in chosen]
    plan = ValidatePlan(
        target=target,
        model=chosen[0].name if len(models) == 1 else None,
        max_tokens=max_tokens,
        encoding=None if name else tokenizer,
        chat_template=name,
        counts=tuple(dict.fromkeys((choice.encoding, choice.cap) for choice in choices)),
    )
    report = judged(
        plan,
        data,
        reading or ReadOptions(),
        choice=engine_choice(engine, workers, ray_address),
        progress=progress,
        announce=announce,
    )
    advice = epoch_advice(wanted.facts.get("epochs"), report.valid, stated=epochs)
    quotes = [
        quote(
            choice.model,
            report.tokens.get(choice.tally, {}),
            advice,
            price=_price(choice.model, wanted, price, tier, region, today),
            today=today,
            encoding=choice.encoding,
            pairs=wanted.method == "dpo",
            template_notes=template_notes,
            trains_on_all=limits_of(wanted).trains_on == "all",
        )
        for choice in choices
    ]
    quotes.sort(key=_by_cost)
    return EstimateResult(target, report, advice, tuple(quotes), tuple(retired))


def _models(target: Target, names: Sequence[str], today: date) -> tuple[list[Model], list[Model]]:
    """The models to price, and the retired ones that nobody asked for."""
    if names:
        return [load_model(name, vendor=target.vendor) for name in dict.fromkeys(names)], []
    known = models_of(target.vendor, method=target.method)
    if not known:
        return [_any_model(target)], []
    live = [model for model in known if is_tunable(model, today)]
    if not live:
        return known, []  # what it would have cost, with a note on each that it is too late
    return live, [model for model in known if model not in live]


def _any_model(target: Target) -> Model:
    """Stands for whichever model is trained where the catalog lists none, as on one's own machine."""
    facts = {name: target.facts[name] for name in ("max_tokens",) if name in target.facts}
    return Model("any", target.vendor, target.title, (), (target.method,), target.encoding, facts)


def _choice(model: Model, target: Target, tokenizer: str | None, max_tokens: int | None) -> _Choice:
    limit = model.facts.get("max_tokens") or target.facts.get("max_tokens")
    cap = limit.value if limit is not None and limit.effect == "truncate" else None
    encoding = tokenizer or model.encoding or target.encoding or DEFAULT_TOKENIZER
    return _Choice(model, encoding, max_tokens or cap)


def _price(
    model: Model,
    target: Target,
    stated: Decimal | None,
    tier: str | None,
    region: str | None,
    today: date,
) -> Price | None:
    if stated is not None:
        return stated_price(model.vendor, model.name, stated, today=today)
    if model.name == "any":
        return None
    return training_price(model.vendor, model.name, method=target.method, tier=tier, region=region)


def _by_cost(line: Quote) -> tuple[bool, Decimal, str]:
    return (line.cost is None, line.cost or Decimal(0), line.model)
