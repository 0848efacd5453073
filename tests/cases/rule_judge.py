"""Judges one record by shape and turn rules alone, as `validate` does once a line is parsed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ftdata.catalog.target_catalog import limits_of, load_target
from ftdata.model import Found, Limits, Rule, facts_of
from ftdata.rules.registry import all_rules
from ftdata.rules.shape.schema_check import SchemaCheck, schema_check


def judge(
    record: Any, target: str, *, limit: tuple[str, int] | None = None
) -> list[tuple[Rule, Found]]:
    """Gives every finding; `limit` is the name of a limit, and a value to judge by in its place."""
    loaded = load_target(target)
    limits = limits_of(loaded)
    if limit:
        limits = replace(limits, **{limit[0]: limit[1]})
    view = loaded.turns
    turns = _judge_turns(view.chat_of(record) if view else record, limits)
    if view:
        turns = [(rule, replace(at, pointer=view.pointer_to(at.pointer))) for rule, at in turns]
    shape = judge_shape(record, schema_check(loaded.schema))
    misshapen = {at.pointer for _, at in shape}
    return [*shape, *((rule, at) for rule, at in turns if at.pointer not in misshapen)]


def judge_shape(record: Any, check: SchemaCheck) -> list[tuple[Rule, Found]]:
    """Gives what the schema finds."""
    return [] if check.is_valid(record) else list(check.explain(record))


def _judge_turns(record: Any, limits: Limits) -> Iterable[tuple[Rule, Found]]:
    facts = facts_of(record)
    for rule in all_rules() if facts else ():
        applies = rule.flags and rule.locate and rule.fact in limits.facts
        if applies and rule.flags(facts, limits):
            for found in rule.locate(record, limits):
                yield rule, found
