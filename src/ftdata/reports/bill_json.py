"""A bill as plain values. Money is text in USD, never a float; null is not known."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ftdata.costs.bill import Bill
from ftdata.costs.break_even import BreakEven, Route
from ftdata.costs.quote import Quote
from ftdata.costs.spending import Limit
from ftdata.costs.spread import Spread


def bill_json(bill: Bill) -> dict[str, Any]:
    """Gives the shape of `bill` in schemas/output/estimate.json."""
    training, month = bill.training, bill.month
    request = month.request
    found: dict[str, Any] = {
        "training": spread_json(training.cost),
        "training_tokens": spread_json(training.tokens),
        "validation_tokens": spread_json(training.validation_tokens),
        "hosting_per_month": spread_json(month.hosting),
        "request": None
        if request is None
        else {
            "prompt_tokens": amount(request.prompt_tokens.expected),
            "completion_tokens": amount(request.completion_tokens.expected),
            "cost": spread_json(month.per_request),
        },
        "inference_per_month": spread_json(month.inference),
    }
    if bill.break_even is not None:
        found["break_even"] = _break_even(bill.break_even)
    return found


def limit_json(limit: Limit, quotes: Sequence[Quote]) -> dict[str, Any]:
    """Gives the limit, and the models that break it."""
    return {
        "usd": amount(limit.usd),
        "kept": limit.is_kept(quotes),
        "above": [quote.model for quote in limit.above(quotes)],
    }


def spread_json(spread: Spread | None) -> dict[str, str | None] | None:
    """Gives the three amounts in full."""
    if spread is None:
        return None
    return {
        "low": amount(spread.low),
        "expected": amount(spread.expected),
        "high": amount(spread.high),
    }


def amount(value: Decimal | None) -> str | None:
    """Writes an amount in full, without an exponent; None where it is not known."""
    return None if value is None else f"{value.normalize():f}"


def _break_even(found: BreakEven) -> dict[str, Any]:
    return {
        "months_left": amount(found.months_left),
        "routes": [_route(found, route) for route in found.routes],
    }


def _route(found: BreakEven, route: Route) -> dict[str, Any]:
    return {
        "route": route.name,
        "before": amount(route.before),
        "after": amount(route.after),
        "saved_per_request": amount(route.saving),
        "requests_for_training": found.requests_for_training(route),
        "requests_a_month_for_hosting": found.requests_for_hosting(route),
        "gain_per_month": amount(found.monthly_gain(route)),
        "months_to_pay_back": amount(found.months_to_pay_back(route)),
        "pays_back": found.verdict(route),
    }
