"""`estimate`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ftdata.api.estimate_result import EstimateResult
from ftdata.api.inputs import Announce, engine_choice
from ftdata.api.model_choice import (
    chosen_models,
    in_catalog,
    priced_tuning,
    stated_price_of,
    stated_prices,
)
from ftdata.api.own_gpu import GpuOptions, checked_tuning, gpu_estimate
from ftdata.api.today import this_day
from ftdata.api.validating import judged
from ftdata.catalog.price_catalog import CATALOG, PriceBook
from ftdata.catalog.price_file import read_price_file
from ftdata.catalog.target_catalog import load_target
from ftdata.costs.epochs import epoch_advice
from ftdata.costs.quote import Quote, quote
from ftdata.engines.engine import LOCAL
from ftdata.engines.local import Progress
from ftdata.model import (
    DEFAULT_TOKENIZER,
    Lengths,
    Model,
    ReadOptions,
    Report,
    Target,
    ValidatePlan,
)
from ftdata.tokens.tally import lengths_in

_DEFAULT_GPU = GpuOptions()


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
    price: Decimal | Mapping[str, Decimal] | None = None,
    prices: str | None = None,
    price_age: int | None = None,
    tier: str | None = None,
    region: str | None = None,
    tuning: str | None = None,
    parameters: Decimal | None = None,
    max_tokens: int | None = None,
    tokenizer: str | None = None,
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
    names of the catalog or paths of a `config.json`; `gpu` says how they are trained. `price` is in USD per
    million training tokens, for all models or by model, and replaces the catalog's; so do the lists of
    `prices`, the path of a file (see `read_price_file`). Prices older than `price_age` days are said to be
    old. `tier`, `region` and the `tuning` ("full", "lora" or "qlora") choose among the catalog's prices.
    `today` decides what can still be tuned. Money is Decimal, unrounded; an unknown price is None. `lengths`:
    how long rows are is tallied, too. `workers`, `engine` and `ray_address` are those of `validate`. Raises
    UnknownName, UnreadableSource and FaultyPrices.
    """
    today = today or this_day()
    trained = checked_tuning(tuning)
    wanted = load_target(target)
    book = CATALOG if prices is None else PriceBook(read_price_file(prices))
    stated = stated_prices(price, wanted, models)
    chosen, retired = chosen_models(
        wanted, models, parameters=parameters, book=book, priced=stated, today=today
    )
    choices = [_choice(model, wanted, tokenizer, max_tokens) for model in chosen]
    plan = ValidatePlan(
        target=target,
        model=chosen[0].name if len(models) == 1 and in_catalog(chosen[0]) else None,
        max_tokens=max_tokens,
        encoding=tokenizer,
        counts=tuple(dict.fromkeys((choice.encoding, choice.cap) for choice in choices)),
        lengths=lengths or (gpu.pads and not wanted.hosted),
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
            price=stated_price_of(choice.model, stated, today)
            or book.training_price(
                choice.model,
                method=wanted.method,
                tier=tier,
                region=region,
                tuning=priced_tuning(trained),
            ),
            gaps=book.gaps(choice.model, method=wanted.method),
            price_age=price_age,
            today=today,
            encoding=choice.encoding,
            pairs=wanted.method == "dpo",
        )
        for choice in choices
    ]
    own_gpu = [
        gpu_estimate(
            choice.model.name,
            tokens=_processed(report, choice, gpu) * advice.epochs,
            cap=choice.cap,
            tuning=trained,
            options=gpu,
        )
        for choice in choices
        if models and not wanted.hosted
    ]
    return EstimateResult(
        target=target,
        report=report,
        advice=advice,
        quotes=tuple(sorted(quotes, key=_by_cost)),
        retired=tuple(retired),
        own_gpu=tuple(own_gpu),
        lengths={choice.encoding: _lengths(report, choice) for choice in choices if lengths},
        caps={choice.model.name: choice.cap for choice in choices if choice.cap is not None},
    )


def _lengths(report: Report, choice: _Choice) -> Lengths:
    return lengths_in(report.tokens.get(f"{choice.encoding}:lengths", {}))


def _processed(report: Report, choice: _Choice, gpu: GpuOptions) -> int:
    """Tokens of one epoch that go through the GPU: with padding, where rows are trained side by side."""
    if gpu.pads:
        return _lengths(report, choice).padded_tokens(gpu.batch, choice.cap)
    return report.tokens.get(choice.tally, Counter())["billed"]


def _choice(model: Model, target: Target, tokenizer: str | None, max_tokens: int | None) -> _Choice:
    limit = model.facts.get("max_tokens") or target.facts.get("max_tokens")
    cap = limit.value if limit is not None and limit.effect == "truncate" else None
    encoding = tokenizer or model.encoding or target.encoding or DEFAULT_TOKENIZER
    return _Choice(model, encoding, max_tokens or cap)


def _by_cost(line: Quote) -> tuple[bool, Decimal, str]:
    return (line.cost is None, line.cost or Decimal(0), line.model)
