"""How users name rules."""

from __future__ import annotations

from types import ModuleType

import pytest

from ftdata.errors import FtdataError, UnknownName
from ftdata.model import Rule
from ftdata.rules import registry
from ftdata.rules.registry import all_rules, page_of, rule_coded, rule_named, selected


def test_rules_are_sorted_by_code_and_no_code_or_name_is_used_twice() -> None:
    codes = [rule.code for rule in all_rules()]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in all_rules()}) == len(codes)


def test_a_rule_is_found_by_its_code_and_by_its_name() -> None:
    assert rule_coded("FT303") is rule_named("unknown-role")
    assert page_of("FT303").startswith("A role is none of those")


@pytest.mark.parametrize("find", [rule_coded, rule_named, page_of])
def test_a_name_that_does_not_exist_lists_near_ones(find: object) -> None:
    with pytest.raises(UnknownName, match="unknown rule 'FT30'"):
        find("FT30")  # type: ignore[operator]


def test_nothing_selected_means_all() -> None:
    assert selected((), ()) == {rule.code for rule in all_rules()}


def test_codes_names_and_beginnings_select() -> None:
    assert selected(["FT301", "unknown-role"], ()) == {"FT301", "FT303"}
    assert selected(["FT20"], ()) == {f"FT20{number}" for number in range(1, 10)}


def test_what_is_ignored_is_left_out_even_where_it_was_selected() -> None:
    assert selected(["FT20"], ["missing-key", "FT209"]) == {f"FT20{n}" for n in range(2, 9)}
    assert "FT301" not in selected((), ["FT3"])


@pytest.mark.parametrize("entry", ["FT9999", "", "unknown-rule"])
def test_an_entry_that_means_no_rule_is_refused(entry: str) -> None:
    with pytest.raises(UnknownName, match="unknown rule"):
        selected([entry], ())
    with pytest.raises(UnknownName):
        selected((), [entry])


def test_two_rules_of_one_code_or_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def modules(*rules: Rule) -> tuple[ModuleType, ...]:
        made = []
        for index, rule in enumerate(rules):
            module = ModuleType(f"plugin_{index}")
            module.RULE = rule  # type: ignore[attr-defined]
            made.append(module)
        return tuple(made)

    def refuses(*rules: Rule) -> str:
        monkeypatch.setattr(registry, "modules_with", lambda *_: modules(*rules))
        registry._modules.cache_clear()
        registry._names.cache_clear()
        with pytest.raises(FtdataError) as caught:
            rule_named("a")
        return str(caught.value)

    try:
        same_code = refuses(Rule("X1", "a", "m"), Rule("X1", "b", "m"))
        assert same_code == "two rules have the code X1: plugin_0, plugin_1"
        assert "two rules have the name a: X1, X2" in refuses(
            Rule("X1", "a", "m"), Rule("X2", "a", "m")
        )
    finally:
        monkeypatch.undo()
        registry._modules.cache_clear()
        registry._names.cache_clear()
