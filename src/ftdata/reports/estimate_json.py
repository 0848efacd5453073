"""The estimate as JSON: version 1 of schemas/output/estimate.json. Money is text, never a float."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ftdata.costs.epochs import EpochAdvice
from ftdata.costs.quote import Quote
from ftdata.model import Report
from ftdata.reports.findings_json import summary_of


def estimate_json(
    report: Report,
    quotes: Sequence[Quote],
    advice: EpochAdvice,
    *,
    target: str,
) -> dict[str, Any]:
    """Gives the whole estimate as plain values."""
    return {
        "version": 1,
        "target": target,
        "summary": summary_of(report, tokens=None),
        "epochs": {
            "value": advice.epochs,
            "rule": advice.rule,
            "source": advice.source,
            "certain": advice.certain,
        },
        "models": [_model(quote) for quote in quotes],
    }


def _model(quote: Quote) -> dict[str, Any]:
    price = quote.price
    return {
        "model": quote.model,
        "vendor": quote.vendor,
        "tokenizer": quote.encoding,
        "tunable": quote.tunable,
        "examples": quote.rows,
        "tokens": quote.tokens,
        "billed_tokens_per_epoch": quote.billed_tokens,
        "upper_bound_tokens_per_epoch": quote.cookbook_upper_bound_tokens,
        "truncated_examples": quote.truncated_rows,
        "untrained_examples": quote.untrained_rows,
        "epochs": quote.epochs,
        "training_tokens": quote.training_tokens,
        "price": None
        if price is None
        else {
            "per_million_tokens": amount(price.usd_per_million_tokens),
            "per_hour": amount(price.usd_per_hour),
            "currency": price.currency,
            "tier": price.tier,
            "region": price.region,
            "as_of": price.as_of.isoformat(),
            "source": price.source,
        },
        "cost": amount(quote.cost),
        "notes": list(quote.notes),
    }


def amount(value: Decimal | None) -> str | None:
    """Writes an amount in full, without an exponent; None where it is not known."""
    return None if value is None else f"{value.normalize():f}"
