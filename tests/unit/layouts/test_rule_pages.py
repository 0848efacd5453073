"""The snippets on the pages of FT22x: the flagged ones are refused for that reason, the clean ones go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ftdata.catalog.target_catalog import load_target
from ftdata.layouts.registry import layout_named
from ftdata.model import Example, Fault, LayoutOptions, Rule, TextLayout
from ftdata.renderers.registry import renderer_named
from ftdata.rules.messages import message_of
from ftdata.rules.page import read_page
from ftdata.rules.registry import all_rules, page_of

RULES = [rule for rule in all_rules() if rule.code.startswith("FT22")]

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])


@each_rule
def test_a_flagged_snippet_is_refused_for_this_reason_only(rule: Rule) -> None:
    snippets = list(snippets_of(rule, "Flagged"))
    assert snippets
    for layout, target, snippet in snippets:
        assert [fault.name for fault in faults(layout, target, snippet)] == [rule.name]


@each_rule
def test_a_clean_snippet_becomes_a_row(rule: Rule) -> None:
    snippets = list(snippets_of(rule, "Clean"))
    assert snippets
    for layout, target, snippet in snippets:
        assert faults(layout, target, snippet) == []


@each_rule
def test_the_message_says_all_that_was_found(rule: Rule) -> None:
    for layout, target, snippet in snippets_of(rule, "Flagged"):
        for fault in faults(layout, target, snippet):
            message = message_of(rule.code, fault.params)
            assert message
            assert "{" not in message


def snippets_of(rule: Rule, part: str) -> Iterator[tuple[str, str, Any]]:
    page = read_page(page_of(rule.code))
    stated = re.fullmatch(r"(\S+) from (\S+)", page.parts["Target"])
    assert stated, f"{rule.code} does not say what its snippets are read as"
    for snippet in page.snippets(part):
        yield stated[2], stated[1], json.loads(snippet)


def faults(layout_name: str, target: str, snippet: Any) -> list[Fault]:
    outcomes = list(outcomes_of(layout_name, snippet))
    renderer = renderer_named(load_target(target).renderer)
    rendered = [
        outcome if isinstance(outcome, Fault) else renderer.render(outcome) for outcome in outcomes
    ]
    return [outcome for outcome in rendered if isinstance(outcome, Fault)]


def outcomes_of(layout_name: str, snippet: Any) -> Iterator[Example | Fault]:
    layout = layout_named(layout_name)
    if isinstance(layout, TextLayout):
        lines = enumerate(snippet.split("\n"), start=1)
        yield from (piece for _, piece in layout.split(lines, LayoutOptions(), len))
    else:
        yield layout.to_example(snippet, LayoutOptions())
