"""The accounts of a conversion as JSON, for programs that go on with its files."""

from __future__ import annotations

import json
from typing import Any

from ftdata.engines.conversion import ConversionAccounts
from ftdata.errors import UsageError
from ftdata.storage.output import atomic_output
from ftdata.storage.places import identity_of, shown


def accounts_json(accounts: ConversionAccounts, *, target: str) -> dict[str, Any]:
    """Gives the shape of schemas/output/conversion.json."""
    return {
        "version": 1,
        "target": target,
        "rows": accounts.rows_json(),
        "layouts": accounts.layouts,
        "outputs": {shown(path): lines for path, lines in accounts.outputs.items()},
        "rejects": None if accounts.rejects_path is None else shown(accounts.rejects_path),
        "reasons": dict(sorted(accounts.reasons.items())),
        "notes": dict(sorted(accounts.notes.items())),
        "losses": accounts.losses.to_json(),
        "not_carried": dict(sorted(accounts.not_carried.items())),
    }


def check_report(path: str, *others: str | None) -> None:
    """Raises UsageError where the accounts would overwrite the lines or the rejects."""
    if identity_of(path) in {identity_of(other) for other in others if other is not None}:
        raise UsageError(f"{shown(path)} cannot take both the accounts and the rows")


def write_accounts(accounts: ConversionAccounts, path: str, *, target: str) -> None:
    """Writes the accounts to a file."""
    with atomic_output(path) as stream:
        text = json.dumps(accounts_json(accounts, target=target), indent=1, ensure_ascii=False)
        stream.write(text.encode("utf-8", "backslashreplace") + b"\n")
