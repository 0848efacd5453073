"""Price lists as tables, each price with its date and source; to be read at 100 columns."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from ftdata.catalog.model_catalog import models_of
from ftdata.catalog.price_catalog import default_tier
from ftdata.model import Model, Price
from ftdata.reports.price_rows import PriceRow
from ftdata.reports.table import table

_WIDTH = 100
_AMOUNTS = ("training", "hosting/h", "input", "output", "as of")
_UNITS = (
    "USD per 1M tokens; /h: per hour; a range where only that is known, or by GPU; "
    "? second-hand or of unclear date"
)


def vendor_table(vendor: str, rows: Sequence[PriceRow], *, today: date, max_age: int) -> str:
    """One vendor's lists: a line a model, or class of models, and way of training."""
    sources = _Sources(today, max_age)
    lines = [(_label(row), _methods(row.training), *_amounts(row, sources)) for row in rows]
    body = table(("model", "method", *_AMOUNTS), lines, right=(2, 3, 4, 5))
    more = _ends(vendor, {row.model for row in rows}, today)
    return "\n".join([vendor, body, *sources.legend(), *more])


def model_table(model: Model, rows: Sequence[PriceRow], *, today: date, max_age: int) -> str:
    """One model at one vendor: a line a way of training, tier and region."""
    sources = _Sources(today, max_age)
    lines = [
        (_methods(row.training), _place(row.training), *_amounts(row, sources)) for row in rows
    ]
    title = f"{model.name} ({model.vendor})"
    if not lines:
        return f"{title}\nno training price is listed"
    body = table(("method", "where", *_AMOUNTS), lines, right=(2, 3, 4, 5))
    notes = dict.fromkeys(price.note for row in rows for price in row.prices if price.note)
    return "\n".join(
        [
            title,
            body,
            *sources.legend(),
            *(_wrapped(f"{note}") for note in notes),
            *_ends(model.vendor, {model.name}, today),
        ]
    )


def units_line() -> str:
    """What the figures of both tables are."""
    return _wrapped(_UNITS)


class _Sources:
    """Numbers the sources in the order in which they are first cited."""

    def __init__(self, today: date, max_age: int) -> None:
        self._today = today
        self._max_age = max_age
        self._numbers: dict[str, int] = {}
        self._any_old = False

    def cite(self, prices: Iterable[Price]) -> str:
        """The date of the oldest of some prices, and the numbers of their sources."""
        prices = sorted(prices, key=lambda price: price.as_of)
        numbers = dict.fromkeys(
            self._numbers.setdefault(price.source, len(self._numbers) + 1) for price in prices
        )
        oldest = prices[0]
        old = oldest.is_older(self._max_age, self._today)
        self._any_old |= old
        doubt = "" if all(price.certain for price in prices) else "?"
        return f"{oldest.listed}{'!' if old else ''}{doubt} [{']['.join(map(str, numbers))}]"

    def legend(self) -> list[str]:
        """The sources, and what the mark of an old price means."""
        lines = [_wrapped(f"[{number}] {source}") for source, number in self._numbers.items()]
        if self._any_old:
            lines.append(f"! listed more than {self._max_age} days ago: check it")
        return lines


def _label(row: PriceRow) -> str:
    tier = row.training.tier if row.training else default_tier()
    return row.model if tier == default_tier() else f"{row.model} ({tier})"


def _methods(price: Price | None) -> str:
    if price is None:
        return ""
    gpu = (price.gpu,) if price.gpu else ()
    return " ".join((*price.methods, *((price.tuning,) if price.tuning else ()), *gpu))


def _place(price: Price | None) -> str:
    return "" if price is None else " ".join(filter(None, (price.tier, price.region)))


def _amounts(row: PriceRow, sources: _Sources) -> tuple[str, ...]:
    tuned = row.inference
    return (
        _rate(row.training),
        _range([price.usd_per_hour for price in row.hosting]),
        "" if tuned is None else _range([tuned.usd_per_million_input_tokens]),
        "" if tuned is None else _range([tuned.usd_per_million_output_tokens]),
        sources.cite(row.prices),
    )


def _rate(price: Price | None) -> str:
    if price is None:
        return ""
    if price.unknown:
        return "unknown"
    if price.usd_per_hour is not None:
        return f"{price.usd_per_hour:f}/h"
    return _range([price.usd_per_million_tokens, price.most_usd_per_million_tokens])


def _range(amounts: Iterable[Decimal | None]) -> str:
    known = sorted({amount for amount in amounts if amount is not None})
    if not known:
        return ""
    if known == [0]:
        return "free"
    return f"{known[0]:f}" if len(known) == 1 else f"{known[0]:f}-{known[-1]:f}"


def _ends(vendor: str, names: set[str], today: date) -> list[str]:
    """Until when the models can be tuned, and whether there are other tiers to ask for."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for model in models_of(vendor):
        if model.name in names and model.tunable_until is not None:
            by_day[model.tunable_until].append(model.name)
    return [
        _wrapped(f"no new jobs {'since' if day <= today else 'from'} {day}: {', '.join(models)}")
        for day, models in sorted(by_day.items())
    ]


def _wrapped(text: str) -> str:
    return textwrap.fill(
        text, _WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
