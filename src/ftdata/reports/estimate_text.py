"""The estimate as a table a model, its bill, and what was assumed."""

from __future__ import annotations

from collections.abc import Sequence

from ftdata.costs.epoch_rules import EpochRules
from ftdata.costs.epochs import EpochAdvice
from ftdata.costs.quote import Quote
from ftdata.costs.usage import UNUSED, Usage
from ftdata.model import Model, Price, Report
from ftdata.reports.findings_text import count
from ftdata.reports.money_text import dollars, ends, money
from ftdata.reports.table import table
from ftdata.reports.wrapped import wrapped

#: So many models are named before a note; more of them are counted.
_NAMED = 2


def estimate_text(
    report: Report,
    quotes: Sequence[Quote],
    advice: EpochAdvice,
    *,
    target: str,
    retired: Sequence[Model] = (),
    rules: EpochRules | None = None,
    usage: Usage = UNUSED,
) -> str:
    """Gives the whole estimate; sources stand in the JSON."""
    parts = [_rows_line(report, target)]
    if quotes:
        parts.append(
            table(_HEADER, [_row(quote) for quote in quotes], right=range(1, len(_HEADER)))
        )
    if any(_has_more(quote) for quote in quotes):
        parts += ["", _bills(quotes, usage), ""]
    parts += _epoch_lines(advice, rules)
    parts += [line for text in _role_lines(quotes) for line in wrapped(text)]
    for note in _notes(quotes):
        parts += wrapped(note)
    if retired:
        names = ", ".join(f"{model.name} (since {model.tunable_until})" for model in retired)
        parts += wrapped(f"can no longer be tuned: {names}")
    return "\n".join(parts)


_HEADER = ("model", "examples", "tokens/epoch", "at most", "epochs", "all epochs", "per 1M", "cost")


def _rows_line(report: Report, target: str) -> str:
    text = f"{count(report.records, 'record')}, {report.valid} valid for {target}"
    if report.invalid:
        text += f"; {report.invalid} with errors are not counted: a vendor would not train on them"
    return text


def _role_lines(quotes: Sequence[Quote]) -> list[str]:
    """What the turns of each role have of an epoch, once for each way to count."""
    lines = {}
    for quote in quotes:
        if quote.by_role:
            roles = ", ".join(f"{role} {tokens:,}" for role, tokens in quote.by_role)
            context = quote.tokens - quote.trained_tokens
            said = (
                f"an epoch by role: {roles}; answers {quote.trained_tokens:,}, context {context:,}"
            )
            lines[quote.encoding] = said
    several = len(lines) > 1
    return [f"{text} ({encoding})" if several else text for encoding, text in lines.items()]


def _row(quote: Quote) -> tuple[str, ...]:
    price = quote.price
    return (
        quote.model,
        f"{quote.rows:,}",
        *_token_cells(quote),
        _rate(price),
        money(quote.cost, "USD" if price is None else price.currency),
    )


def _token_cells(quote: Quote) -> tuple[str, ...]:
    """Tokens of an epoch and the most they can be, epochs, tokens of all; estimated ones with a "~"."""
    if quote.bill is None or not quote.estimated:
        return (
            f"{quote.billed_tokens:,}",
            f"{quote.cookbook_upper_bound_tokens:,}",
            str(quote.epochs),
            f"{quote.training_tokens:,}",
        )
    tokens = quote.bill.training.tokens
    return (
        f"~{round(tokens.expected / quote.epochs):,}",
        f"~{round(tokens.high / quote.epochs):,}",
        str(quote.epochs),
        f"~{round(tokens.expected):,}",
    )


def _rate(price: Price | None) -> str:
    if price is None:
        return "unknown"
    if price.usd_per_million_tokens is None:
        return "by the hour"
    most = price.most_usd_per_million_tokens
    return f"{price.usd_per_million_tokens:f}" + ("" if most is None else f" to {most:f}")


def _has_more(quote: Quote) -> bool:
    """True where there is more to say of a bill than the cost of training."""
    bill = quote.bill
    if bill is None:
        return False
    month = bill.month
    is_hosted = month.hosting is None or month.hosting.high > 0
    return _is_range(quote) or is_hosted or month.inference is not None


def _is_range(quote: Quote) -> bool:
    cost = None if quote.bill is None else quote.bill.training.cost
    return cost is not None and not cost.is_exact


def _bills(quotes: Sequence[Quote], usage: Usage) -> str:
    """The amounts of a month, and the ends of training where some cost is a range."""
    ranges, asks = any(map(_is_range, quotes)), usage.requests is not None
    header = ["USD"]
    header += ["training: low", "expected", "high"] if ranges else []
    header.append("hosting a month")
    header += [f"{usage.requests:,} requests a month"] if asks else []
    rows = []
    for quote in quotes:
        if quote.bill is None:
            continue
        training, month = quote.bill.training.cost, quote.bill.month
        row = [quote.model]
        if ranges and training is None:
            row += ["unknown"] * 3
        elif ranges and training is not None:
            row += map(dollars, (training.low, training.expected, training.high))
        row.append(ends(month.hosting, whole=True))
        rows.append([*row, ends(month.inference)] if asks else row)
    return table(header, rows, right=range(1, len(header)))


def _epoch_lines(advice: EpochAdvice, rules: EpochRules | None) -> list[str]:
    doubt = "" if advice.certain else "; the vendor's own rule is not published"
    known = {"stated": "", "between": ""}.get(advice.rule, doubt)
    lines = wrapped(f"epochs: {advice.epochs} ({advice.rule}{known})")
    if rules is None:
        return lines
    vendor = "not known" if rules.vendor is None else f"{rules.vendor.epochs}"
    if rules.suggested != advice.epochs or vendor != str(rules.cookbook.epochs):
        lines += wrapped(
            f"advice: vendor {vendor}, cookbook {rules.cookbook.epochs}; suggested {rules.suggested}: "
            f"{rules.why}"
        )
    return lines


def _notes(quotes: Sequence[Quote]) -> list[str]:
    """Every note once, with the models it is about."""
    models: dict[str, list[str]] = {}
    for quote in quotes:
        for note in quote.remarks:
            about = models.setdefault(note.text, [])
            if quote.model not in about:
                about.append(quote.model)
    return [
        note if len(about) == len(quotes) else f"{_named(about, len(quotes))}: {note}"
        for note, about in models.items()
    ]


def _named(models: Sequence[str], of: int) -> str:
    return f"{len(models)} of {of} models" if len(models) > _NAMED else ", ".join(models)
