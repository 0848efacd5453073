"""The targets: a vendor and a method each, and what they demand."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from ftdata.catalog.catalog_file import catalog_names, facts_in, read_catalog_file
from ftdata.model import Difference, Fact, Limits, Model, SideFile, Target, TurnView
from ftdata.resources import load_schema

#: The facts of a target that are sets of names in `Limits`.
_SETS = {
    *("roles", "unsure_roles", "first_roles", "last_roles", "no_repeat", "containers"),
    *("reserved_strings", "image_types", "image_sources", "texts_not_blank"),
}
_LIMITS = {field.name for field in fields(Limits)} - {"target", "vendor", "encoding", "facts"}


def target_ids() -> list[str]:
    """The ids of all targets, sorted."""
    return catalog_names("targets")


@lru_cache(maxsize=1)
def fact_words() -> dict[str, str]:
    """What each kind of fact says, in words: its description in schemas/catalog/target.json."""
    facts = load_schema("catalog/target.json")["properties"]["facts"]["properties"]
    return {name: kind["description"] for name, kind in facts.items()}


@lru_cache(maxsize=128)
def load_target(target_id: str) -> Target:
    """Reads one target; raises UnknownName."""
    table = read_catalog_file("targets", target_id, kind="target")
    facts = facts_in(table.pop("facts"))
    until = facts.get("tunable_until")
    turns = TurnView(**table.pop("turns")) if "turns" in table else None
    side_files = tuple(SideFile(**side) for side in table.pop("side_files", ()))
    names = table.pop("split_names", None)
    differs = tuple(Difference(**one) for one in table.pop("differs", ()))
    return Target(
        **table,
        facts=facts,
        until=until.value if until else None,
        side_files=side_files,
        split_names=None if names is None else (names[0], names[1]),
        turns=turns,
        differs=differs,
    )


def limits_of(
    target: Target,
    model: Model | None = None,
    *,
    max_tokens: int | None = None,
    encoding: str | None = None,
) -> Limits:
    """Gives what the target demands; the model's facts stand over it, the arguments over both."""
    facts = {**target.facts, **(model.facts if model else {})}
    if max_tokens is not None and "max_tokens" in facts:
        facts["max_tokens"] = _stated(facts["max_tokens"], max_tokens)
    values: dict[str, Any] = {
        name: frozenset(fact.value) if name in _SETS else fact.value
        for name, fact in facts.items()
        if name in _LIMITS
    }
    if "max_tokens" in facts:
        values["over_max_tokens"] = facts["max_tokens"].effect
    elif max_tokens is not None:
        values["max_tokens"] = max_tokens
    return Limits(
        target=target.id,
        vendor=target.vendor,
        encoding=encoding or (model.encoding if model else None) or target.encoding,
        facts=facts,
        **values,
    )


def _stated(fact: Fact, value: int) -> Fact:
    """The same fact with the user's own value, which needs no evidence."""
    return replace(fact, value=value, certain=True, source="the user", note="")
