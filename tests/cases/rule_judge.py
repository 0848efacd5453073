"""Judges one record by shape and turn rules alone, as `validate` does once a line is parsed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from ftdata.catalog.target_catalog import limits_of, load_target
from ftdata.model import Fact, Found, Limits, Rule, TurnView, facts_of
from ftdata.operators.turn_judging import TurnJudge
from ftdata.rules.registry import all_rules
from ftdata.rules.shape.schema_check import SchemaCheck, schema_check


def judge(
    record: Any, target: str, *, limit: tuple[str, int | str] | None = None
) -> list[tuple[Rule, Found]]:
    """Gives every finding; `limit` is the name of a limit, and a value to judge by in its place."""
    loaded = load_target(target)
    limits = limits_of(loaded)
    if limit:
        stated = Fact(limit[1], "the page", date(2026, 1, 1))
        value = frozenset([limit[1]]) if limit[0] == "reserved_strings" else limit[1]
        limits = replace(limits, facts={**limits.facts, limit[0]: stated}, **{limit[0]: value})  # type: ignore[arg-type]
    found = judge_shape(record, schema_check(loaded.schema))
    told = {at.pointer for _, at in found}
    view = loaded.turns or TurnView()
    chat = view.chat_of(record)
    facts = facts_of(chat)
    if chat is not None and facts is not None:
        rules = [rule for rule in all_rules() if rule.flags and _applies(rule, limits)]
        for rule, at, once in TurnJudge(rules, limits, loaded.turns).judge(record, chat, facts):
            if at.pointer not in told or not once:
                found.append((rule, at))
    texts = [(rule, at) for rule, at in _judge_texts(record, limits) if at.pointer not in told]
    return [*found, *texts]


def _judge_texts(record: Any, limits: Limits) -> Iterator[tuple[Rule, Found]]:
    for rule in all_rules():
        if rule.locate and not rule.flags and rule.fact in limits.facts:
            for found in rule.locate(record, limits):
                yield rule, found


def judge_shape(record: Any, check: SchemaCheck) -> list[tuple[Rule, Found]]:
    """Gives what the schema finds."""
    return [] if check.is_valid(record) else list(check.explain(record))


def _applies(rule: Rule, limits: Limits) -> bool:
    return rule.fact is None or rule.fact in limits.facts
