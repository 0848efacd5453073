"""The estimate as JSON: version 1 of schemas/output/estimate.json. Money is text, never a float."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ftdata.costs.epoch_rules import EpochRules
from ftdata.costs.epochs import EpochAdvice
from ftdata.costs.quote import Quote
from ftdata.costs.spending import Limit
from ftdata.model import Report
from ftdata.reports.bill_json import amount, bill_json, limit_json
from ftdata.reports.findings_json import summary_of


def estimate_json(
    report: Report,
    quotes: Sequence[Quote],
    advice: EpochAdvice,
    *,
    target: str,
    rules: EpochRules | None = None,
    limit: Limit | None = None,
) -> dict[str, Any]:
    """Gives the whole estimate as plain values."""
    found: dict[str, Any] = {
        "version": 1,
        "target": target,
        "summary": summary_of(report, tokens=None),
        "epochs": _advice(advice),
        "models": [model_json(quote) for quote in quotes],
    }
    if rules is not None:
        found["epochs"]["advice"] = {
            "vendor": None if rules.vendor is None else _advice(rules.vendor),
            "cookbook": _advice(rules.cookbook),
            "suggested": rules.suggested,
            "why": rules.why,
        }
    if limit is not None:
        found["max_spend"] = limit_json(limit, quotes)
    return found


def _advice(advice: EpochAdvice) -> dict[str, Any]:
    return {
        "value": advice.epochs,
        "rule": advice.rule,
        "source": advice.source,
        "certain": advice.certain,
    }


def model_json(quote: Quote) -> dict[str, Any]:
    """Gives one model as plain values."""
    price = quote.price
    found: dict[str, Any] = {
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
        "tokens_by_role": dict(quote.by_role),
        "trained_tokens": quote.trained_tokens,
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
    if quote.bill is not None:
        found |= {
            "context_cap": quote.cap,
            "tokens_are_estimated": quote.estimated,
            "tunable_until": _day(quote.tunable_until),
            "served_until": _day(quote.serves_until),
            "bill": bill_json(quote.bill),
        }
    return found


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
