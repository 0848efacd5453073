"""The docstring of a rule is its page: it has the fixed parts, and its snippets do what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from ftdata.discovery import modules_with
from ftdata.model import Rule
from ftdata.rules.page import read_page
from ftdata.rules.registry import all_rules, page_of
from ftdata.rules.shape.schema_check import SchemaCheck
from tests.cases.rule_judge import judge, judge_shape

RULES = all_rules()
ON_RECORDS = [rule for rule in RULES if rule.locate or rule.keywords]


def code_of(rule: Rule) -> str:
    return rule.code


def snippets(part: str) -> Iterator[object]:
    for rule in ON_RECORDS:
        found = read_page(page_of(rule.code)).snippets(part)
        assert found, f"{rule.code} has no snippet under {part}"
        for number, snippet in enumerate(found, start=1):
            yield pytest.param(rule, snippet, id=f"{rule.code}-{number}")


def codes_found(rule: Rule, snippet: str) -> set[str]:
    page = read_page(page_of(rule.code))
    record = json.loads(snippet)
    if schema := page.parts.get("Schema"):
        found = judge_shape(record, SchemaCheck(json.loads(schema)))
    else:
        found = judge(record, page.target, limit=page.limit)
    return {told.code for told, _ in found}


@pytest.mark.parametrize(("rule", "snippet"), [*snippets("Flagged")])
def test_a_flagged_snippet_is_flagged_by_this_rule_alone(rule: Rule, snippet: str) -> None:
    assert codes_found(rule, snippet) == {rule.code}


@pytest.mark.parametrize(("rule", "snippet"), [*snippets("Clean")])
def test_a_clean_snippet_is_flagged_by_no_rule(rule: Rule, snippet: str) -> None:
    assert codes_found(rule, snippet) == set()


@pytest.mark.parametrize("rule", RULES, ids=code_of)
def test_a_page_has_all_its_parts(rule: Rule) -> None:
    page = read_page(page_of(rule.code))
    assert page.sentence.endswith((".", ":", "?")), "the page begins with a sentence"
    for part in ("Why it matters", "Flagged", "Clean", "How to repair", "Source"):
        assert page.parts.get(part), f"{rule.code} has no part {part!r}"


@pytest.mark.parametrize("rule", RULES, ids=code_of)
def test_a_rule_stands_in_the_file_that_its_code_and_name_give(rule: Rule) -> None:
    homes = [module for module in modules_with("ftdata.rules", "RULE") if module.RULE is rule]
    expected = f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
    assert [module.__name__.rsplit(".", 1)[1] for module in homes] == [expected]
