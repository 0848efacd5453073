"""When a tuned model has paid for itself, as a table with a line for each way to save."""

from __future__ import annotations

import math
from decimal import Decimal

from ftdata.costs.break_even import BreakEven, Route
from ftdata.reports.money_text import dollars, rate
from ftdata.reports.table import table
from ftdata.reports.wrapped import wrapped

#: Months up to which days are said.
_DAYS_UP_TO = 3
_HEADER = ("way to save", "today", "tuned", "saved", "a month", "pays back")


def break_even_text(found: BreakEven) -> str:
    """Gives the table, in USD a request; below it how many requests are needed."""
    lines = [f"break-even of {found.model}, USD a request"]
    if not found.routes:
        return lines[0] + ": not known, as no price or no length of a request is"
    rows = [_row(found, route) for route in found.routes]
    lines.append(table(_HEADER, rows, right=range(1, len(_HEADER) - 1)))
    for route in found.routes:
        lines += wrapped(f"{route.name}: {_needed(found, route)}")
    if found.months_left is not None:
        lines.append(f"the tuned model is shut in {_time(found.months_left)}")
    return "\n".join(lines)


def _row(found: BreakEven, route: Route) -> tuple[str, ...]:
    saving = route.saving
    signed = "unknown" if saving is None else ("-" if saving < 0 else "") + rate(abs(saving))
    return (
        route.name,
        rate(route.before),
        rate(route.after),
        signed,
        dollars(found.monthly_gain(route)),
        _when(found, route),
    )


def _when(found: BreakEven, route: Route) -> str:
    verdict, months = found.verdict(route), found.months_to_pay_back(route)
    if verdict in ("never", "unknown"):
        return verdict
    text = f"in {_time(months or Decimal(0))}"
    return f"{text}, too late" if verdict == "too late" else text


def _needed(found: BreakEven, route: Route) -> str:
    if route.saving is None:
        return route.why
    if route.saving <= 0:
        return "nothing is saved, so never"
    parts = []
    training, hosting = found.requests_for_training(route), found.requests_for_hosting(route)
    if training is not None:
        parts.append(f"{training:,} request{'' if training == 1 else 's'} for the training")
    if hosting:
        parts.append(f"{hosting:,} a month for the hosting")
    if found.hosting is None:
        parts.append("and what hosting costs is not known")
    if not parts:
        return "what training costs is not known"
    return f"needs {', '.join(parts)}"


def _time(months: Decimal) -> str:
    """Gives days where they are few: no month is so exact."""
    if months < _DAYS_UP_TO:
        days = math.ceil(months * 30)
        return "a day" if days <= 1 else f"{days} days"
    return f"{months:,.1f} months" if months < 100 else f"{months:,.0f} months"
