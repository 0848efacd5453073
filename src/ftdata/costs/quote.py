"""What training one model on the counted rows costs, with all that must be said beside the figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ftdata.catalog.framing_catalog import framing_named
from ftdata.catalog.price_catalog import stale_after_days
from ftdata.costs.bill import Bill
from ftdata.costs.epochs import EpochAdvice
from ftdata.costs.images import image_notes
from ftdata.costs.note import Note
from ftdata.costs.training import training_cost
from ftdata.model import RENDERED, Model, Price

_RENDERED_PAIRS = "tokens of pairs: the prompt with each of both answers, as they are trained on"
_PAIRS = "tokens of pairs: the prompt once and both answers; no bill was found to check this by"

_TUNING = {"lora": "the price is that of LoRA", "full": "the price is that of training all weights"}


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
    remarks: tuple[Note, ...]
    tunable: bool
    bill: Bill | None = None  # None: only the tokens were asked about
    cap: int | None = None  # tokens at which an example is cut
    tunable_until: date | None = None
    serves_until: date | None = None
    by_role: tuple[tuple[str, int], ...] = ()  # of `tokens`; what stands around rows is in none
    trained_tokens: int = 0  # of `tokens`, those of answers and calls; the others are context
    estimated: bool = (
        False  # tokens are of another vocabulary than the model's own, which is not known
    )

    @property
    def notes(self) -> tuple[str, ...]:
        """All that must be said beside the figures, each with its source."""
        return tuple(map(str, self.remarks))


def quote(
    model: Model,
    counts: Mapping[str, int],
    advice: EpochAdvice,
    *,
    price: Price | None,
    today: date,
    gaps: Sequence[Price] = (),
    price_age: int | None = None,
    encoding: str | None = None,
    pairs: bool = False,
    bill: Bill | None = None,
    cap: int | None = None,
    estimate_note: Note | None = None,
    template_notes: Sequence[str] = (),
    trains_on_all: bool = False,
) -> Quote:
    """Gives the quote for what `tokens.tally` counted under the model's encoding and token limit.

    `encoding` is the one counted with, where it is not the model's own. `price` None: not known; `gaps` say
    where it was looked for. A price that is older than `price_age` days is said to be old. `pairs`: the rows
    are preference pairs. With a `bill` the cost is what it expects. `cap` is where rows are cut.
    `estimate_note` says how the bill's tokens follow from the counted ones, where they are of another
    vocabulary. `template_notes`: what is to be said of the chat template. `trains_on_all`: all tokens are
    trained by default, and not the answers alone.
    """
    billed = counts.get("billed", 0)
    notes = (
        *_lifetime(model, today),
        *_price_notes(price, gaps, today, price_age),
        *((estimate_note,) if estimate_note is not None else ()),
        *_count_notes(model, counts, None if estimate_note is not None else encoding),
        *(_all_trained(counts) if trains_on_all else ()),
        *((Note(_RENDERED_PAIRS if encoding == RENDERED else _PAIRS),) if pairs else ()),
        *map(Note, template_notes),
        *(bill.notes() if bill is not None else ()),
    )
    cost = None if price is None else training_cost(billed, advice.epochs, price)
    if bill is not None:
        cost = None if bill.training.cost is None else bill.training.cost.expected
    return Quote(
        model=model.name,
        vendor=model.vendor,
        encoding=encoding or model.encoding,
        rows=counts.get("rows", 0),
        tokens=counts.get("tokens", 0),
        billed_tokens=billed,
        truncated_rows=counts.get("over_cap", 0),
        untrained_rows=counts.get("unanswered", 0),
        by_role=tuple(
            (name.removeprefix("role_"), tokens)
            for name, tokens in sorted(counts.items())
            if name.startswith("role_")
        ),
        trained_tokens=counts.get("trained", 0),
        epochs=advice.epochs,
        training_tokens=billed * advice.epochs,
        price=price,
        cost=cost,
        cookbook_upper_bound_tokens=counts.get("cookbook", 0),
        remarks=notes,
        tunable=is_tunable(model, today),
        bill=bill,
        cap=cap,
        tunable_until=model.tunable_until,
        serves_until=model.serves_until,
        estimated=estimate_note is not None,
    )


def is_tunable(model: Model, today: date) -> bool:
    """True while a job can be created, as far as is known."""
    return model.tunable_until is None or today < model.tunable_until


def _lifetime(model: Model, today: date) -> Iterator[Note]:
    until, served = model.tunable_until, model.serves_until
    if until is not None:
        unsure = "" if model.facts["tunable_until"].certain else ", as far as is known"
        when = "no new jobs since" if until <= today else "no new jobs from"
        yield Note(f"{when} {until}{unsure}")
    if is_tunable(model, today) and "job_restriction" in model.facts:
        yield Note(str(model.facts["job_restriction"].value))
    if served is not None:
        days = (served - today).days
        left = f"stops on {served}, in {days:,} days" if days > 0 else f"stopped on {served}"
        yield Note(f"the tuned model {left}")


def _price_notes(
    price: Price | None, gaps: Sequence[Price], today: date, price_age: int | None
) -> Iterator[Note]:
    if price is None:
        yield Note("no training price is known")
        for gap in gaps:
            if gap.kind == "training":
                yield Note(gap.note, f"{gap.source}; {gap.listed}")
        return
    if price.usd_per_million_tokens is None:
        gpu = f" for each {price.gpu}" if price.gpu else ""
        text = f"training is billed by time: {price.usd_per_hour} {price.currency} an hour{gpu}"
        yield Note(text)
    if price.most_usd_per_million_tokens is not None:
        low, high = price.usd_per_million_tokens, price.most_usd_per_million_tokens
        text = f"only a range is known, {low} to {high} {price.currency} per 1M; the cost is at its end"
        yield Note(text)
    if price.tuning is not None:
        yield Note(_TUNING[price.tuning])
    old = price.is_older(stale_after_days() if price_age is None else price_age, today)
    stale = f", {price.age_days(today)} days ago: check it" if old else ""
    doubt = "" if price.certain else ", as far as is known"
    yield Note(f"price of {price.listed}{stale}{doubt}", price.source)
    if price.note:
        yield Note(price.note)


def _all_trained(counts: Mapping[str, int]) -> Iterator[Note]:
    answers, tokens = counts.get("trained", 0), counts.get("tokens", 0)
    if answers < tokens:  # else it is plain text
        text = (
            f"all tokens are trained by default; {answers:,} of {tokens:,} an epoch are in answers"
        )
        yield Note(text)


def _count_notes(model: Model, counts: Mapping[str, int], encoding: str | None) -> Iterator[Note]:
    is_rendered = encoding == RENDERED
    if is_rendered:
        yield Note("each row rendered by the chat template, and counted by its tokenizer.json")
    elif encoding is not None and encoding != model.encoding:
        yield Note(f"counted in {encoding}, not in the model's own tokens")
    framing = framing_named().facts
    if counts.get("over_cap"):
        lost = counts.get("unanswered", 0)
        before = f", of them before any trained token: {lost:,}" if lost else ""
        yield Note(f"examples cut at the token limit: {counts['over_cap']:,}{before}")
    yield from image_notes(model, counts)
    if counts.get("tool_rows"):
        text = f"examples with tool definitions: {counts['tool_rows']:,}, {framing['tools'].note}"
        yield Note(text)
    if not is_rendered:
        yield Note(f"tokens around messages: {framing['row'].note}")
