"""Walks the turns of a record, for rules that locate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Limits


def turns_in(record: Mapping[str, Any]) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Gives (0-based index, role, message) of each turn, of a record that has facts."""
    for index, message in enumerate(record["messages"]):
        yield index, message["role"], message


def is_known(role: str, limits: Limits) -> bool:
    """False where `unknown-role` speaks of this role: then no other rule does."""
    if limits.roles is None or role in limits.roles:
        return True
    return limits.unsure_roles is not None and role in limits.unsure_roles


def in_order(fact: str, limits: Limits) -> list[str]:
    """The roles of a fact in the order of the catalog, for messages."""
    stated = limits.facts.get(fact)
    return list(stated.value) if stated else sorted(getattr(limits, fact) or ())
