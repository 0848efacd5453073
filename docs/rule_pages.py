"""One page a rule, from its module's docstring, and the list of all rules."""

from __future__ import annotations

import sys

from markdown import BREAK, GENERATED, source, table, with_fences

from ftdata.catalog.target_catalog import load_target, target_ids
from ftdata.discovery import modules_with
from ftdata.model import Fact, Rule
from ftdata.rules.page import Page, read_page
from ftdata.rules.registry import all_rules, page_of

FOLDER = "rules"

_REPAIRS = {"safe": "safe", "unsafe": "unsafe (read what it changed)", None: "by hand"}


def pages() -> dict[str, str]:
    """Every page of the folder by its file name."""
    found = {file_name(rule): _page(rule, read_page(page_of(rule.code))) for rule in all_rules()}
    return {"README.md": _index(), **found}


def file_name(rule: Rule) -> str:
    """The file of a rule's page."""
    return f"{rule.code}-{rule.name}.md"


def _index() -> str:
    text = f"{GENERATED}\n# Rules\n\n"
    text += (
        "One rule, one fault, one stable code. `ftdata explain CODE` prints the same pages.\n"
        "The severity holds unless the target says otherwise: what is rejected is an error, what is "
        "dropped,\ncut or uncertain a warning.\n"
    )
    for group, rules in _groups().items():
        rows = [
            (f"[{rule.code}]({file_name(rule)})", rule.name, rule.severity, _sentence(rule))
            for rule in rules
        ]
        text += f"\n## {group}\n\n" + table(("code", "name", "severity", "says"), rows)
    return text


def _groups() -> dict[str, list[Rule]]:
    """The rules of each folder, under the first line of the folder's docstring."""
    groups: dict[str, list[Rule]] = {}
    by_code = {module.RULE.code: module for module in modules_with("ftdata.rules", "RULE")}
    for rule in all_rules():
        folder = sys.modules[by_code[rule.code].__name__.rpartition(".")[0]]
        title = (folder.__doc__ or folder.__name__).splitlines()[0].rstrip(".")
        groups.setdefault(title, []).append(rule)
    return groups


def _sentence(rule: Rule) -> str:
    return read_page(page_of(rule.code)).sentence


def _page(rule: Rule, page: Page) -> str:
    text = f"{GENERATED}\n# {rule.code} {rule.name}\n\n{page.sentence}\n\n"
    text += (
        f"Severity: {rule.severity} · repair: {_REPAIRS[rule.fix]} · since {rule.since} · "
        f"message: `{rule.message}`\n\n"
    )
    for name, part in page.parts.items():
        heading = {"Target": "Snippets are judged against", "Schema": "Snippets are judged by"}
        told = source(part) if name == "Source" else with_fences(part)
        text += (
            f"**{heading.get(name, name)}:**{BREAK if told.startswith('```') else ' '}{told}\n\n"
        )
    return text + _targets(rule)


def _targets(rule: Rule) -> str:
    if rule.fact is None:
        return ""
    stated = [(name, load_target(name).facts.get(rule.fact)) for name in target_ids()]
    rows = [_target_row(name, fact) for name, fact in stated if fact is not None]
    head = f"Enforces the fact `{rule.fact}`, in these targets:\n\n"
    return head + table(("target", "value", "when broken", "certain"), rows)


def _target_row(name: str, fact: Fact) -> tuple[str, ...]:
    return (f"[{name}](../targets/{name}.md)", *fact_cells(fact))


def fact_cells(fact: Fact) -> tuple[str, str, str]:
    """The value, the effect and the certainty of a fact, as tables show them."""
    return (value_text(fact.value), fact.effect, "yes" if fact.certain else "no")


def value_text(value: object) -> str:
    """A value of the catalog in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        parts = {key: " or ".join(v) if isinstance(v, list) else v for key, v in value.items()}
        return ", ".join(f"{key.replace('_', ' ')} {inner}" for key, inner in parts.items())
    return f"{value:,}" if isinstance(value, int) else str(value)
