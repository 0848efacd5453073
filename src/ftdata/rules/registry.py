"""All rules there are, found by themselves, and how users name them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from inspect import cleandoc
from types import ModuleType

from ftdata.discovery import modules_with
from ftdata.errors import FtdataError, UnknownName
from ftdata.model import Rule


def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by code.

    Raises FtdataError where two modules (a plug-in's, say) claim the same code or name.
    """
    return tuple(module.RULE for module in _modules().values())


def rule_coded(code: str) -> Rule:
    """The rule with this code; raises UnknownName."""
    return _module_coded(code).RULE  # type: ignore[no-any-return]


def rule_named(name: str) -> Rule:
    """The rule with this name; raises UnknownName."""
    names = _names()
    if name not in names:
        raise UnknownName("rule", name, names)
    return names[name]


def page_of(code: str) -> str:
    """The documentation of a rule: its module's docstring. Raises UnknownName."""
    return cleandoc(_module_coded(code).__doc__ or "")


def selected(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The codes that `select` names (all where it is empty) without those that `ignore` names.

    Each entry is a name, a code, or the beginning of codes, such as FT3. Raises UnknownName for one
    that means no rule.
    """
    chosen = _codes_meant(select) or frozenset(_modules())
    return chosen - _codes_meant(ignore)


def _codes_meant(entries: Iterable[str]) -> frozenset[str]:
    codes: set[str] = set()
    for entry in entries:
        named = _names().get(entry.lower())
        prefix = entry.upper()
        meant = {named.code} if named else {code for code in _modules() if code.startswith(prefix)}
        if not meant or not entry:
            raise UnknownName("rule", entry, [*_modules(), *_names()])
        codes |= meant
    return frozenset(codes)


@lru_cache(maxsize=1)
def _modules() -> dict[str, ModuleType]:
    found: dict[str, ModuleType] = {}
    for module in modules_with("ftdata.rules", "RULE"):
        other = found.setdefault(module.RULE.code, module)
        if other is not module:
            raise FtdataError(
                f"two rules have the code {module.RULE.code}: {other.__name__}, {module.__name__}"
            )
    return dict(sorted(found.items()))


@lru_cache(maxsize=1)
def _names() -> dict[str, Rule]:
    names: dict[str, Rule] = {}
    for rule in all_rules():
        if rule.name in names:
            raise FtdataError(
                f"two rules have the name {rule.name}: {names[rule.name].code}, {rule.code}"
            )
        names[rule.name] = rule
    return names


def _module_coded(code: str) -> ModuleType:
    modules = _modules()
    if code not in modules:
        raise UnknownName("rule", code, modules)
    return modules[code]
