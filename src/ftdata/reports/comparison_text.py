"""A comparison of vendors as tables: what it costs, until when, and who does not take the data."""

from __future__ import annotations

from collections.abc import Sequence

from ftdata.costs.offered import Offered, Refused
from ftdata.costs.quote import Quote
from ftdata.reports.findings_text import count
from ftdata.reports.money_text import ends
from ftdata.reports.table import table
from ftdata.reports.wrapped import wrapped

_HEADER = ("model", "target", "cost", "hosting", "epochs", "cap")
_UNTIL = ("target", "models", "jobs until", "served until", "price of")


def comparison_text(
    records: int,
    offered: Sequence[Offered],
    refused: Sequence[Refused],
    *,
    retired: int,
    requests: int | None = None,
) -> str:
    """Gives the whole comparison; money is in USD, rounded here."""
    targets = len({one.target for one in offered})
    lines = [
        f"{count(records, 'record')}: {count(len(offered), 'model')} at {count(targets, 'target')} "
        f"would take them"
    ]
    if offered:
        columns = [*map(_cells, offered)]
        header = list(_HEADER)
        if any(one.quote.truncated_rows for one in offered):
            header.append("cut")
            columns = [
                [*cells, f"{one.quote.truncated_rows:,}"]
                for cells, one in zip(columns, offered, strict=True)
            ]
        if requests is not None:
            header.append("requests")
            columns = [
                [*cells, _requests(one)] for cells, one in zip(columns, offered, strict=True)
            ]
        lines += ["", table(header, columns, right=range(2, len(header)))]
        lines += ["", *_legend(offered, requests)]
        lines += ["", table(_UNTIL, _until_rows(offered), right=(1,))]
    if refused:
        lines += ["", "not taken:", table(("target", "why"), [_reason(one) for one in refused])]
    if retired:
        lines += ["", f"not offered, as no job can be created any more: {count(retired, 'model')}"]
    return "\n".join(lines)


def _cells(one: Offered) -> list[str]:
    quote = one.quote
    bill = quote.bill
    cost = None if bill is None else bill.training.cost
    return [
        quote.model,
        one.target,
        ("~" if quote.estimated and cost is not None else "") + ends(cost),
        ends(None if bill is None else bill.month.hosting, whole=True),
        str(quote.epochs),
        "-" if quote.cap is None else f"{quote.cap:,}",
    ]


def _requests(one: Offered) -> str:
    bill = one.quote.bill
    inference = None if bill is None else bill.month.inference
    return ends(inference, whole=True)


def _legend(offered: Sequence[Offered], requests: int | None) -> list[str]:
    text = (
        "cost: of training, low to high; hosting: of a month, day and night; cap: tokens at which a row "
        "is cut; all money in USD"
    )
    if requests is not None:
        text += f"; requests: {requests:,} of them in a month"
    lines = wrapped(text)
    if any(one.quote.estimated for one in offered):
        lines += wrapped(
            "~: with tokens estimated from those in o200k_base, by ratios measured on other texts"
        )
    return lines


def _until_rows(offered: Sequence[Offered]) -> list[tuple[str, ...]]:
    """The models of a target that end and were priced on the same days, on one line."""
    groups: dict[tuple[str, ...], int] = {}
    for one in sorted(offered, key=lambda one: one.target):
        quote = one.quote
        key = (one.target, _day(quote.tunable_until), _day(quote.serves_until), _listed(quote))
        groups[key] = groups.get(key, 0) + 1
    return [(target, str(number), *days) for (target, *days), number in groups.items()]


def _listed(quote: Quote) -> str:
    return "unknown" if quote.price is None else quote.price.listed


def _day(day: object) -> str:
    return "no end known" if day is None else str(day)


def _reason(one: Refused) -> tuple[str, str]:
    if not one.codes:
        return one.target, "no record was read"
    return one.target, ", ".join(
        f"{code} {name} ({times:,})" for code, name, times in one.codes[:2]
    ) + (f", and {len(one.codes) - 2} more" if len(one.codes) > 2 else "")
