"""How long rows are, as plain values: `lengths` of schemas/output/estimate.json."""

from __future__ import annotations

from typing import Any

from ftdata.model import Lengths, last_of

_SHARES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)


def lengths_json(lengths: Lengths, *, encoding: str) -> dict[str, Any]:
    """Gives quantiles, and the bins: their first and last length and their rows."""
    return {
        "tokenizer": encoding,
        "rows": lengths.total,
        "longest": lengths.longest,
        "quantiles": {f"{share:.2f}": lengths.quantile(share) for share in _SHARES},
        "bins": [[first, last_of(first), lengths.rows[first]] for first in sorted(lengths.rows)],
    }
