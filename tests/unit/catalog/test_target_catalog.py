"""The targets are data that fits its schema, and limits follow from them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from ftdata.catalog.catalog_file import read_catalog_file
from ftdata.catalog.target_catalog import limits_of, load_target, target_ids
from ftdata.errors import UnknownName
from ftdata.model import Fact, Limits, Model
from ftdata.resources import all_schemas
from ftdata.rules.registry import all_rules
from ftdata.rules.shape.schema_check import SchemaCheck

each_target = pytest.mark.parametrize("target_id", target_ids())


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def model(**facts: Fact) -> Model:
    return Model("m", "openai", "M", (), ("sft",), "cl100k_base", facts)


def fact(value: object, effect: str = "reject") -> Fact:
    return Fact(value, "a page", date(2026, 11, 21), effect)  # type: ignore[arg-type]


def test_the_five_first_targets_are_there() -> None:
    assert {"generic-chat", "openai-sft", "azure-sft", "trl-sft", "trl-text"} <= set(target_ids())


@each_target
def test_a_target_fits_the_schema_of_targets(target_id: str) -> None:
    table = plain(read_catalog_file("targets", target_id, kind="target"))
    found = list(SchemaCheck({"$ref": "catalog/target.json"}).explain(table))
    assert not found


@each_target
def test_a_target_is_named_after_its_file_and_its_schema_is_shipped(target_id: str) -> None:
    target = load_target(target_id)
    assert target.id == target_id
    assert target.schema in all_schemas()


@each_target
def test_every_fact_is_enforced_by_a_rule_or_known_to_the_limits(target_id: str) -> None:
    known = {field.name for field in fields(Limits)} | {
        "epochs",
        "tunable_until",
        "validation_file",
    }
    assert load_target(target_id).facts.keys() <= known


@each_target
def test_an_uncertain_fact_says_why(target_id: str) -> None:
    for name, stated in load_target(target_id).facts.items():
        assert stated.certain or stated.note, name
        assert stated.checked <= date.today(), name


def test_every_fact_that_a_rule_enforces_is_a_limit() -> None:
    known = {field.name for field in fields(Limits)}
    assert {rule.fact for rule in all_rules() if rule.fact} <= known


def test_an_unknown_target_lists_near_ones() -> None:
    with pytest.raises(UnknownName, match="did you mean openai-sft"):
        load_target("openai-stf")


def test_a_target_says_until_when_it_takes_jobs() -> None:
    assert load_target("openai-sft").until == date(2027, 1, 6)
    assert load_target("trl-sft").until is None


def test_limits_hold_the_facts_of_the_target() -> None:
    limits = limits_of(load_target("openai-sft"))
    assert limits.target == "openai-sft"
    assert limits.roles == {"system", "user", "assistant", "tool", "function"}
    assert limits.unsure_roles == {"developer"}
    assert limits.first_roles is None
    assert (limits.max_tokens, limits.over_max_tokens) == (65536, "truncate")
    assert limits.encoding == "o200k_base"
    assert limits.severity_of("last_roles", "warning") == "error"
    assert limits.severity_of("no_repeat", "error") == "warning"


def test_facts_of_the_model_stand_over_those_of_the_target() -> None:
    limits = limits_of(load_target("openai-sft"), model(max_tokens=fact(16385, "reject")))
    assert (limits.max_tokens, limits.over_max_tokens) == (16385, "reject")
    assert limits.encoding == "cl100k_base"
    assert limits.roles


def test_arguments_stand_over_both() -> None:
    limits = limits_of(
        load_target("azure-sft"), model(max_tokens=fact(5)), max_tokens=7, encoding="o200k_base"
    )
    assert limits.max_tokens == 7
    assert limits.encoding == "o200k_base"
    assert limits.facts["max_tokens"].certain
    assert limits.facts["max_tokens"].source == "the user"


def test_a_limit_can_be_stated_where_the_target_has_none() -> None:
    limits = limits_of(load_target("generic-chat"), max_tokens=7)
    assert (limits.max_tokens, limits.over_max_tokens) == (7, "truncate")
    assert limits_of(load_target("generic-chat")).max_tokens is None
