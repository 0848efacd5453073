"""Targets as text and JSON: every constraint with its effect, source and date."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ftdata.catalog.target_catalog import fact_words
from ftdata.model import Fact, Target
from ftdata.reports.table import table

WIDTH = 88


def targets_text(targets: Sequence[Target]) -> str:
    """One line a target."""
    rows = [
        (target.id, target.method, str(target.until or "no end announced"), target.title)
        for target in targets
    ]
    return table(("target", "method", "new jobs until", "title"), rows)


def target_text(target: Target) -> str:
    """All constraints of one target, in paragraphs that fit a narrow terminal."""
    lines = [f"{target.id}: {target.title}", f"schema: {target.schema}"]
    if target.until is not None:
        lines.append(f"no new jobs from {target.until} on")
    words = fact_words()
    for name, fact in sorted(target.facts.items()):
        lines += ["", *_wrapped(f"{name}: {_shown(fact.value)}")]
        lines += _wrapped(f"{words[name]}; when broken: {_effect(fact)}", indented=True)
        lines += _wrapped(fact.note, indented=True) if fact.note else []
        lines += _wrapped(f"{fact.checked}: {fact.source}", indented=True)
    return "\n".join(lines) + _differences_text(target)


def _wrapped(text: str, *, indented: bool = False) -> list[str]:
    space = "    " if indented else ""
    return textwrap.wrap(
        text, WIDTH, initial_indent=space, subsequent_indent="    ", break_long_words=False
    )


def _differences_text(target: Target) -> str:
    """Where ftdata judges otherwise than the trainer; nothing where it does not."""
    if not target.differs:
        return ""
    lines = ["", "", "judged otherwise"]
    for one in target.differs:
        lines += ["", *_wrapped(f"{one.what}: {target.vendor} {one.theirs}, ftdata {one.ours}")]
        lines += _wrapped(one.reason, indented=True)
        lines += _wrapped(f"{one.checked}: {one.source}", indented=True)
    return "\n".join(lines)


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
    return fact.effect if fact.certain else f"{fact.effect}, unsure"


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_shown(part)}" for key, part in value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(map(str, value)) or "none"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
