"""One page a target: every constraint with its value, effect, certainty, source and date."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any

from markdown import GENERATED, source, table
from rule_pages import fact_cells, file_name

from ftdata.catalog.target_catalog import fact_words, load_target, target_ids
from ftdata.model import Target
from ftdata.resources import load_schema
from ftdata.rules.registry import all_rules

FOLDER = "targets"


def pages() -> dict[str, str]:
    """Every page of the folder by its file name."""
    targets = [load_target(name) for name in target_ids()]
    return {
        "README.md": _index(targets),
        **{f"{target.id}.md": _page(target) for target in targets},
    }


def _index(targets: list[Target]) -> str:
    rows = [
        (f"[{target.id}]({target.id}.md)", target.title, target.method, _until(target))
        for target in targets
    ]
    return f"{GENERATED}\n# Targets\n\n" + table(
        ("target", "for", "method", "takes new jobs"), rows
    )


def _until(target: Target) -> str:
    return f"until {target.until}" if target.until else "no end announced"


def _page(target: Target) -> str:
    return (
        f"{GENERATED}\n# {target.id}: {target.title}\n\n"
        f"The shape of a row is [schemas/{target.schema}](../../schemas/{target.schema}). "
        f"Tokens: {target.encoding or 'of the model; name one with --tokenizer'}. "
        f"New jobs: {_until(target)}.\n\n"
        "## Constraints\n\n"
        "What is *reject* and certain is an error; all else is a warning.\n\n"
        f"{_facts(target)}\n"
        f"{_side_files(target)}"
        "## Shape\n\n"
        "Whatever does not fit the schema is an error. Messages name these rules in brackets.\n\n"
        f"{_shape(target)}"
        f"{_differences(target)}"
    )


def _facts(target: Target) -> str:
    rows = []
    for name, fact in target.facts.items():
        enforcing = [rule for rule in all_rules() if rule.fact == name]
        links = ", ".join(f"[{rule.code}](../rules/{file_name(rule)})" for rule in enforcing)
        checked = f"{source(fact.source)}, checked {fact.checked}"
        told = f"`{name}`: {fact_words()[name]}"
        rows.append((told, *fact_cells(fact), links, checked, fact.note))
    return table(("fact", "value", "when broken", "certain", "rule", "source", "note"), rows)


def _side_files(target: Target) -> str:
    lines = [f"* `{side.name}`" for side in target.side_files]
    if target.split_names:
        lines.append(f"* with `--split` its files are `{'` and `'.join(target.split_names)}`")
    if not lines:
        return ""
    told = "What `ftdata convert -o FILE` writes beside `FILE`; `$stem` is its name. What is there stays."
    return f"## Beside the rows\n\n{told}\n\n" + "\n".join(lines) + "\n\n"


def _shape(target: Target) -> str:
    told = {
        (schema["x-rule"], schema["description"]): source(schema["x-source"])
        for schema in subschemas(target.schema, load_schema(target.schema))
        if "x-source" in schema
    }
    rows = [(name, what, told[name, what]) for name, what in sorted(told)]
    return table(("rule", "says", "source"), rows)


def _differences(target: Target) -> str:
    if not target.differs:
        return ""
    rows = [
        (
            one.what,
            one.theirs,
            one.ours,
            one.reason,
            f"{source(one.source)}, checked {one.checked}",
        )
        for one in target.differs
    ]
    told = (
        "`pytest -m peers` asks the trainer's own code and ftdata about the same rows. "
        "These are all on which they disagree; *refused* is also what is dropped."
    )
    head = ("row", target.vendor, "ftdata", "why", "source")
    return f"\n## Where ftdata judges otherwise\n\n{told}\n\n{table(head, rows)}"


def subschemas(home: str, schema: Any) -> Iterator[dict[str, Any]]:
    """Every object within a schema, references followed; `home` is the path of its file."""
    if isinstance(schema, dict):
        yield schema
        if isinstance(schema.get("$ref"), str):
            yield from subschemas(*_referred(home, schema["$ref"]))
    for value in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(value, (dict, list)):
            yield from subschemas(home, value)


def _referred(home: str, reference: str) -> tuple[str, Any]:
    path, _, pointer = reference.partition("#")
    file = normpath(join(dirname(home), path)) if path else home
    found: Any = load_schema(file)
    for step in pointer.split("/")[1:]:
        found = found[step]
    return file, found
