"""The estimate as a table a model, with every assumption named below it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from ftdata.costs.epochs import EpochAdvice
from ftdata.costs.quote import Quote
from ftdata.model import Model, Price, Report
from ftdata.reports.findings_text import count
from ftdata.reports.table import table


def estimate_text(
    report: Report,
    quotes: Sequence[Quote],
    advice: EpochAdvice,
    *,
    target: str,
    retired: Sequence[Model] = (),
) -> str:
    """Gives the whole estimate."""
    parts = [_rows_line(report, target)]
    if quotes:
        parts.append(
            table(_HEADER, [_row(quote) for quote in quotes], right=range(1, len(_HEADER)))
        )
    parts += [_epochs_line(advice), *_notes(quotes)]
    if retired:
        names = ", ".join(f"{model.name} (since {model.tunable_until})" for model in retired)
        parts.append(f"can no longer be tuned: {names}")
    return "\n".join(parts)


_HEADER = ("model", "examples", "tokens/epoch", "at most", "epochs", "all epochs", "per 1M", "cost")


def money(amount: Decimal | None, currency: str = "USD") -> str:
    """Gives an amount to the cent, to a hundredth of one where it is smaller; "unknown" for None."""
    if amount is None:
        return "unknown"
    places = Decimal("0.01") if amount >= 1 or amount == 0 else Decimal("0.0001")
    return f"{amount.quantize(places, rounding=ROUND_HALF_UP):,} {currency}"


def _rows_line(report: Report, target: str) -> str:
    text = f"{count(report.records, 'record')}, {report.valid} valid for {target}"
    if report.invalid:
        text += f"; {report.invalid} with errors are not counted: a vendor would not train on them"
    return text


def _row(quote: Quote) -> tuple[str, ...]:
    price = quote.price
    return (
        quote.model,
        f"{quote.rows:,}",
        f"{quote.billed_tokens:,}",
        f"{quote.cookbook_upper_bound_tokens:,}",
        str(quote.epochs),
        f"{quote.training_tokens:,}",
        _rate(price),
        money(quote.cost, "USD" if price is None else price.currency),
    )


def _rate(price: Price | None) -> str:
    if price is None:
        return "unknown"
    if price.usd_per_million_tokens is None:
        return "by the hour"
    most = price.most_usd_per_million_tokens
    return f"{price.usd_per_million_tokens:f}" + ("" if most is None else f" to {most:f}")


def _epochs_line(advice: EpochAdvice) -> str:
    doubt = "" if advice.certain else "; the vendor's own rule is not published"
    return f"epochs: {advice.epochs} ({advice.rule}{doubt}; {advice.source})"


def _notes(quotes: Sequence[Quote]) -> list[str]:
    """Every note once, with the models it is about."""
    models: dict[str, list[str]] = {}
    for quote in quotes:
        for note in quote.notes:
            models.setdefault(note, []).append(quote.model)
    return [
        note if len(about) == len(quotes) else f"{', '.join(about)}: {note}"
        for note, about in models.items()
    ]
