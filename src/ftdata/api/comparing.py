"""`compare`: every model of every vendor that would take the data, and why the others would not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ftdata.api.comparison import Comparison, refused_by
from ftdata.api.epoch_choice import EpochRule, chosen_epochs
from ftdata.api.inputs import Announce, engine_choice, sources_in
from ftdata.api.matrix import validate_targets
from ftdata.api.own_gpu import checked_tuning
from ftdata.api.pricing import Terms, choice_of, counts_for, quotes_for
from ftdata.api.scripts_seen import scripts_seen
from ftdata.api.today import this_day
from ftdata.api.validating import judged
from ftdata.catalog.offers import models_for
from ftdata.catalog.price_catalog import CATALOG, PriceBook
from ftdata.catalog.price_file import read_price_file
from ftdata.catalog.target_catalog import load_target, target_ids
from ftdata.costs.epoch_rules import epoch_rules
from ftdata.costs.offered import Offered
from ftdata.costs.quote import is_tunable
from ftdata.costs.spending import Limit
from ftdata.costs.usage import UNUSED, Usage
from ftdata.engines.engine import LOCAL
from ftdata.engines.local import Progress
from ftdata.errors import UsageError
from ftdata.model import DEFAULT_TOKENIZER, Model, ReadOptions, Report, Target, ValidatePlan
from ftdata.storage.places import is_pipe


def compare(
    data: Any,
    *,
    epochs: int | EpochRule | None = None,
    validation: Any = None,
    usage: Usage = UNUSED,
    max_spend: Decimal | None = None,
    price: Mapping[str, Decimal] | None = None,
    prices: str | None = None,
    price_age: int | None = None,
    tier: str | None = None,
    region: str | None = None,
    tuning: str | None = None,
    today: date | None = None,
    reading: ReadOptions | None = None,
    workers: int | None = 1,
    engine: str = LOCAL,
    ray_address: str | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> Comparison:
    """Prices the data at every hosted target that accepts all of it, with every model that can be tuned.

    A target that finds an error in any row, or takes no jobs any more, is not priced, and its reason is
    given. The arguments are those of `estimate`. The data is read once to ask all targets and once more to
    count it, so an iterator or a pipe is refused.
    Raises UsageError and what `estimate` raises.
    """
    if _is_read_once(data, reading or ReadOptions()):
        raise UsageError("a comparison reads the data more than once: give a file or a list")
    today = today or this_day()
    limit = None if max_spend is None else Limit(max_spend, every=False)
    book = CATALOG if prices is None else PriceBook(read_price_file(prices))
    seen = scripts_seen(data, reading or ReadOptions(), encoding=DEFAULT_TOKENIZER)
    terms = Terms(
        book, price or {}, today, checked_tuning(tuning), tier, region, price_age, usage, seen
    )
    choice = engine_choice(engine, workers, ray_address)

    def report_on(plan: ValidatePlan, data: Any) -> Report:
        return judged(plan, data, reading or ReadOptions(), choice=choice, progress=progress)

    known = {one: _models(one, book) for one in target_ids()}
    hosted = {one: models for one, models in known.items() if models}
    matrix = validate_targets(
        data,
        [*hosted],
        reading=reading,
        workers=workers,
        engine=engine,
        ray_address=ray_address,
        today=today,
        progress=progress,
        announce=announce,
    )
    reports = {name: result.report for name, result in matrix.results.items()}
    taken = [load_target(name) for name, report in reports.items() if _accepts(report)]
    live = {
        target.id: [choice_of(one, target) for one in hosted[target.id] if is_tunable(one, today)]
        for target in taken
    }
    offered = []
    for group in _read_alike(taken):
        choices = [one for target in group for one in live[target.id]]
        plan = ValidatePlan(target=group[0].id, counts=counts_for(choices))
        counted = report_on(plan, data)
        checked = None if validation is None else report_on(plan, validation)
        for target in group:
            fact = target.facts.get("epochs")
            advice = chosen_epochs(epochs, epoch_rules(fact, counted.valid), fact, counted.valid)
            offered += [
                Offered(target.id, quote)
                for quote in quotes_for(
                    target, live[target.id], counted, advice, terms, validation=checked
                )
            ]
    return Comparison(
        records=max((report.records for report in reports.values()), default=0),
        offered=tuple(sorted(offered, key=lambda one: one.order)),
        refused=tuple(
            refused_by(name, report) for name, report in reports.items() if not _accepts(report)
        ),
        retired=sum(len(hosted[name]) - len(choices) for name, choices in live.items()),
        usage=usage,
        limit=limit,
        today=today,
    )


def _is_read_once(data: Any, reading: ReadOptions) -> bool:
    """True for an iterator, and where any of the sources is a pipe."""
    sources = sources_in(data, reading)
    if sources is None:
        return hasattr(data, "__next__")
    return any(is_pipe(source.path) for source in sources)


def _accepts(report: Report) -> bool:
    """True where there are rows, and nothing is at error severity."""
    return report.records > 0 and report.errors == 0


def _models(name: str, book: PriceBook) -> list[Model]:
    """What can be trained at a target's vendor; nothing where it runs on one's own machine."""
    target = load_target(name)
    return models_for(target, book=book) if target.hosted else []


def _read_alike(targets: Sequence[Target]) -> Iterator[list[Target]]:
    """Targets that see the same turns in the same record, so that tokens are counted once for all."""
    groups: list[list[Target]] = []
    for target in targets:
        for group in groups:
            if (group[0].turns, group[0].method) == (target.turns, target.method):
                group.append(target)
                break
        else:
            groups.append([target])
    yield from groups
