"""`estimate`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from ftdata.api.epoch_choice import EpochRule, chosen_epochs
from ftdata.api.estimate_result import EstimateResult
from ftdata.api.inputs import Announce, engine_choice
from ftdata.api.model_choice import chosen_models, in_catalog, stated_prices
from ftdata.api.own_gpu import GpuEstimate, GpuOptions, checked_tuning, gpu_estimate
from ftdata.api.pricing import Choice, Terms, choice_of, counts_for, quotes_for
from ftdata.api.scripts_seen import scripts_seen
from ftdata.api.today import this_day
from ftdata.api.validating import judged
from ftdata.catalog.price_catalog import CATALOG, PriceBook
from ftdata.catalog.price_file import read_price_file
from ftdata.catalog.target_catalog import load_target
from ftdata.costs.epoch_rules import epoch_rules
from ftdata.costs.spending import Limit
from ftdata.costs.usage import UNUSED, Usage
from ftdata.engines.engine import LOCAL
from ftdata.engines.local import Progress
from ftdata.errors import UsageError
from ftdata.model import (
    DEFAULT_TOKENIZER,
    RENDERED,
    Lengths,
    ReadOptions,
    Report,
    TemplateName,
    ValidatePlan,
)
from ftdata.tokens.tally import lengths_in

_DEFAULT_GPU = GpuOptions()


def estimate(
    data: Any,
    *,
    target: str = "openai-sft",
    models: Sequence[str] = (),
    epochs: int | EpochRule | None = None,
    validation: Any = None,
    usage: Usage = UNUSED,
    max_spend: Decimal | None = None,
    price: Decimal | Mapping[str, Decimal] | None = None,
    prices: str | None = None,
    price_age: int | None = None,
    tier: str | None = None,
    region: str | None = None,
    tuning: str | None = None,
    parameters: Decimal | None = None,
    max_tokens: int | None = None,
    tokenizer: str | None = None,
    chat_template: str | os.PathLike[str] | None = None,
    gpu: GpuOptions = _DEFAULT_GPU,
    lengths: bool = False,
    today: date | None = None,
    reading: ReadOptions | None = None,
    workers: int | None = 1,
    engine: str = LOCAL,
    ray_address: str | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> EstimateResult:
    """Counts what would be trained on, exactly and offline, and prices it. One pass, constant memory.

    Without `models`, all models of the target that can still be tuned. A model that is not in the catalog is
    priced by its size, `parameters` in billions. For a trainer on one's own machine `models` are open ones:
    names of the catalog or paths of a `config.json`; `gpu` says how they are trained. `epochs` is a number,
    or whose rule gives it. `validation` is data as `data` is; its tokens are billed where the vendor does.
    `usage` says how the tuned model would be used, and what is used today. `max_spend` is the USD that
    training may cost, see `EstimateResult.limit`. `price` is in USD per million training tokens, for all
    models or by model, and replaces the catalog's; so do the lists of `prices`, the path of a file (see
    `read_price_file`). Prices older than `price_age` days are said to be old. `tier`, `region` and the
    `tuning` ("full", "lora" or "qlora") choose among the catalog's prices. `today` decides what can still be
    tuned. Money is Decimal, unrounded; an unknown price is None. With `chat_template`, the folder of a
    model, each row is rendered and counted by its tokenizer.json. `lengths`: how long rows are is tallied,
    too. `workers`, `engine` and `ray_address` are those of `validate`. Raises UnknownName, UsageError,
    UnreadableSource, MissingExtra and FaultyPrices.
    """
    today = today or this_day()
    wanted = load_target(target)
    name, template_notes = _template(chat_template, tokenizer, today)
    tokenizer = RENDERED if name else tokenizer
    book = CATALOG if prices is None else PriceBook(read_price_file(prices))
    stated = stated_prices(price, wanted, models)
    chosen, retired = chosen_models(
        wanted, models, parameters=parameters, book=book, priced=stated, today=today
    )
    choices = [choice_of(one, wanted, tokenizer=tokenizer, max_tokens=max_tokens) for one in chosen]
    reading = reading or ReadOptions()
    limit = None if max_spend is None else Limit(max_spend, every=bool(models))
    terms = Terms(
        *(book, stated, today, checked_tuning(tuning), tier, region, price_age, usage),
        scripts=_scripts(choices, data, reading),
        template_notes=template_notes,
    )
    plan = ValidatePlan(
        target=target,
        model=chosen[0].name if len(models) == 1 and in_catalog(chosen[0]) else None,
        max_tokens=max_tokens,
        encoding=None if name else tokenizer,
        chat_template=name,
        counts=counts_for(choices),
        lengths=lengths or (gpu.pads and not wanted.hosted),
    )
    report_on = partial(
        judged,
        reading=reading,
        choice=engine_choice(engine, workers, ray_address),
        progress=progress,
        announce=announce,
    )
    report = report_on(plan, data)
    checked = None if validation is None else report_on(replace(plan, lengths=False), validation)
    fact = wanted.facts.get("epochs")
    rules = epoch_rules(fact, report.valid)
    advice = chosen_epochs(epochs, rules, fact, report.valid)

    def on_own_gpu(choice: Choice) -> GpuEstimate:
        tokens = _processed(report, choice, gpu) * advice.epochs
        name, tuning = choice.model.name, terms.tuning
        return gpu_estimate(name, tokens=tokens, cap=choice.cap, tuning=tuning, options=gpu)

    return EstimateResult(
        target=target,
        report=report,
        advice=advice,
        quotes=tuple(quotes_for(wanted, choices, report, advice, terms, validation=checked)),
        retired=tuple(retired),
        own_gpu=tuple(on_own_gpu(choice) for choice in choices if models and not wanted.hosted),
        lengths={choice.encoding: _lengths(report, choice) for choice in choices if lengths},
        caps={choice.model.name: choice.cap for choice in choices if choice.cap is not None},
        validation=checked,
        epoch_rules=rules,
        usage=usage,
        limit=limit,
        today=today,
    )


def _template(
    path: str | os.PathLike[str] | None, tokenizer: str | None, today: date
) -> tuple[TemplateName | None, tuple[str, ...]]:
    """The chat template that rows are rendered by, and what is to be said of it."""
    if path is None:
        return None, ()
    if tokenizer is not None:
        raise UsageError("the chat template and the tokenizer both say how tokens are counted")
    from ftdata.api.chat_templates import template_to_count

    return template_to_count(path, today=today)


def _scripts(choices: Sequence[Choice], data: Any, reading: ReadOptions) -> Mapping[str, int]:
    """The kinds of text, where the tokens of a model have to be estimated by them."""
    if not any(choice.is_estimated for choice in choices):
        return {}
    return scripts_seen(data, reading, encoding=DEFAULT_TOKENIZER)


def _lengths(report: Report, choice: Choice) -> Lengths:
    return lengths_in(report.tokens.get(f"{choice.encoding}:lengths", {}))


def _processed(report: Report, choice: Choice, gpu: GpuOptions) -> int:
    """Tokens of one epoch that go through the GPU: with padding, where rows are trained side by side."""
    if gpu.pads:
        return _lengths(report, choice).padded_tokens(gpu.batch, choice.cap)
    return report.tokens.get(choice.tally, Counter())["billed"]
