"""A comparison as JSON: version 1 of schemas/output/comparison.json."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ftdata.costs.offered import Offered, Refused
from ftdata.costs.spending import Limit
from ftdata.reports.bill_json import limit_json
from ftdata.reports.estimate_json import model_json


def comparison_json(
    records: int,
    offered: Sequence[Offered],
    refused: Sequence[Refused],
    *,
    retired: int,
    limit: Limit | None,
    today: date,
) -> dict[str, Any]:
    """Gives the whole comparison as plain values."""
    found: dict[str, Any] = {
        "version": 1,
        "day": today.isoformat(),
        "records": records,
        "choices": [{"target": one.target, **model_json(one.quote)} for one in offered],
        "refused": [
            {
                "target": one.target,
                "errors": [
                    {"code": code, "name": name, "findings": findings}
                    for code, name, findings in one.codes
                ],
            }
            for one in refused
        ],
        "retired_models": retired,
    }
    if limit is not None:
        found["max_spend"] = limit_json(limit, [one.quote for one in offered])
    return found
