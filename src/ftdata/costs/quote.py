"""What training one model on the counted rows costs, with all that must be said beside the figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ftdata.catalog.framing_catalog import framing_named
from ftdata.catalog.price_catalog import Price
from ftdata.costs.epochs import EpochAdvice
from ftdata.costs.training import training_cost
from ftdata.model import RENDERED, Model

_RENDERED_PAIRS = "tokens of pairs: the prompt with each of both answers, as they are trained on"
_PAIRS = "tokens of pairs: the prompt once and both answers; no bill was found to check this by"


@dataclass(frozen=True)
class Quote:
    """One model's line of an estimate. `tokens` and `billed_tokens` are those of one epoch."""

    model: str
    vendor: str
    encoding: str | None  # that was counted with
    rows: int
    tokens: int
    billed_tokens: int  # without what the vendor cuts off
    truncated_rows: int
    untrained_rows: int  # of those, the ones cut before their first trained token
    epochs: int
    training_tokens: int  # billed tokens of all epochs
    price: Price | None
    cost: Decimal | None  # unrounded; None: not known
    cookbook_upper_bound_tokens: int
    notes: tuple[str, ...]
    tunable: bool


def quote(
    model: Model,
    counts: Mapping[str, int],
    advice: EpochAdvice,
    *,
    price: Price | None,
    today: date,
    encoding: str | None = None,
    pairs: bool = False,
    template_notes: Sequence[str] = (),
    trains_on_all: bool = False,
) -> Quote:
    """Gives the quote for what `tokens.tally` counted under the model's encoding and token limit.

    `encoding` is the one counted with, where it is not the model's own. `price` None: not known. `pairs`: the
    rows are preference pairs. `template_notes`: what is to be said of the chat template. `trains_on_all`: all
    tokens are trained by default, and not the answers alone.
    """
    billed = counts.get("billed", 0)
    notes = (
        *_lifetime(model, today),
        *_price_notes(price, today),
        *_count_notes(model, counts, encoding),
        *(_all_trained(counts) if trains_on_all else ()),
        *((_RENDERED_PAIRS if encoding == RENDERED else _PAIRS,) if pairs else ()),
        *template_notes,
    )
    return Quote(
        model=model.name,
        vendor=model.vendor,
        encoding=encoding or model.encoding,
        rows=counts.get("rows", 0),
        tokens=counts.get("tokens", 0),
        billed_tokens=billed,
        truncated_rows=counts.get("over_cap", 0),
        untrained_rows=counts.get("unanswered", 0),
        epochs=advice.epochs,
        training_tokens=billed * advice.epochs,
        price=price,
        cost=None if price is None else training_cost(billed, advice.epochs, price),
        cookbook_upper_bound_tokens=counts.get("cookbook", 0),
        notes=notes,
        tunable=is_tunable(model, today),
    )


def is_tunable(model: Model, today: date) -> bool:
    """True while a job can be created, as far as is known."""
    return model.tunable_until is None or today < model.tunable_until


def _lifetime(model: Model, today: date) -> Iterator[str]:
    until, served = model.tunable_until, model.serves_until
    if until is not None:
        unsure = "" if model.facts["tunable_until"].certain else ", as far as is known"
        when = "no new jobs since" if until <= today else "no new jobs from"
        yield f"{when} {until}{unsure}"
    if is_tunable(model, today) and "job_restriction" in model.facts:
        yield str(model.facts["job_restriction"].value)
    if served is not None:
        days = (served - today).days
        left = f"stops on {served}, in {days:,} days" if days > 0 else f"stopped on {served}"
        yield f"the tuned model {left}"


def _price_notes(price: Price | None, today: date) -> Iterator[str]:
    if price is None:
        yield "no training price is known"
        return
    if price.usd_per_million_tokens is None:
        yield f"training is billed by time: {price.usd_per_hour} {price.currency} an hour"
    stale = f", {price.age_days(today)} days ago: check it" if price.is_stale(today) else ""
    yield f"price of {price.as_of}{stale} ({price.source})"
    if price.note:
        yield price.note


def _all_trained(counts: Mapping[str, int]) -> Iterator[str]:
    answers, tokens = counts.get("trained", 0), counts.get("tokens", 0)
    if answers < tokens:  # else it is plain text
        yield f"all tokens are trained by default; {answers:,} of {tokens:,} an epoch are in answers"


def _count_notes(model: Model, counts: Mapping[str, int], encoding: str | None) -> Iterator[str]:
    is_rendered = encoding == RENDERED
    if is_rendered:
        yield "each row rendered by the chat template, and counted by its tokenizer.json"
    elif encoding is not None and encoding != model.encoding:
        yield f"counted in {encoding}, not in the model's own tokens"
    framing = framing_named().facts
    if counts.get("over_cap"):
        lost = counts.get("unanswered", 0)
        before = f", of them before any trained token: {lost:,}" if lost else ""
        yield f"examples cut at the token limit: {counts['over_cap']:,}{before}"
    if counts.get("images"):
        yield f"images, whose tokens are not counted: {counts['images']:,}"
    if counts.get("tool_rows"):
        yield f"examples with tool definitions: {counts['tool_rows']:,}, {framing['tools'].note}"
    if not is_rendered:
        yield f"tokens around messages: {framing['row'].note}"
