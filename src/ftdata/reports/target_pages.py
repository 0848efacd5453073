"""Targets as text and JSON: every constraint with its effect, source and date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ftdata.catalog.target_catalog import fact_words
from ftdata.model import Fact, Target
from ftdata.reports.table import table


def targets_text(targets: Sequence[Target]) -> str:
    """One line a target."""
    rows = [
        (target.id, target.method, str(target.until or "no end announced"), target.title)
        for target in targets
    ]
    return table(("target", "method", "new jobs until", "title"), rows)


def target_text(target: Target) -> str:
    """All constraints of one target."""
    words = fact_words()
    rows = [
        (
            name,
            _shown(fact.value),
            _effect(fact),
            words[name],
            fact.checked.isoformat(),
            fact.source,
        )
        for name, fact in sorted(target.facts.items())
    ]
    head = f"{target.id}: {target.title}\nschema: {target.schema}\n"
    header = ("constraint", "value", "when broken", "says", "checked", "source")
    return head + table(header, rows) + _differences_text(target)


def _differences_text(target: Target) -> str:
    """Where ftdata judges otherwise than the trainer; nothing where it does not."""
    if not target.differs:
        return ""
    rows = [(one.what, one.theirs, one.ours, one.reason) for one in target.differs]
    return "\njudged otherwise\n" + table(("row", target.vendor, "ftdata", "why"), rows)


def target_json(target: Target) -> dict[str, Any]:
    """One target as plain values."""
    return {
        "id": target.id,
        "title": target.title,
        "vendor": target.vendor,
        "method": target.method,
        "schema": target.schema,
        "until": target.until.isoformat() if target.until else None,
        "facts": {
            name: {
                "says": fact_words()[name],
                "value": fact.value.isoformat() if isinstance(fact.value, date) else fact.value,
                "effect": fact.effect,
                "certain": fact.certain,
                "source": fact.source,
                "checked": fact.checked.isoformat(),
                "note": fact.note,
            }
            for name, fact in sorted(target.facts.items())
        },
        "differs": [
            {
                "what": one.what,
                "theirs": one.theirs,
                "ours": one.ours,
                "reason": one.reason,
                "source": one.source,
                "checked": one.checked.isoformat(),
            }
            for one in target.differs
        ],
    }


def _effect(fact: Fact) -> str:
    return fact.effect if fact.certain else f"{fact.effect}?"


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_shown(part)}" for key, part in value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(map(str, value)) or "none"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
