r"""What the pages of FT1xx call flagged is flagged with their name, and what they call clean is clean.

A snippet is one line of JSON, or the bytes of a whole file written as `b'...'`, where it is about bytes
that a page cannot show.
"""

from __future__ import annotations

import ast
import string
from dataclasses import replace
from inspect import cleandoc
from pathlib import Path

import pytest

from ftdata.discovery import modules_with
from ftdata.model import Fault, ReadOptions, Source
from ftdata.readers.json_line import UNPARSED, kind_of, parse_line
from ftdata.readers.magic import compression_of
from ftdata.readers.registry import reader_named
from ftdata.rules.messages import message_of
from ftdata.rules.page import read_page

MODULES = {module.RULE.code: module for module in modules_with("ftdata.rules.lines", "RULE")}
PAGES = {code: read_page(cleandoc(module.__doc__ or "")) for code, module in MODULES.items()}
CONTAINERS = {"FT122": "csv"}
#: Rules about sizes, depths and targets: no snippet shows them, their cases do.
WITHOUT_SNIPPETS = {"FT114", "FT115", "FT119", "FT121"}


def snippets(part: str) -> list[object]:
    return [
        pytest.param(code, snippet.strip(), id=f"{code} {snippet.strip()[:40]}")
        for code, page in PAGES.items()
        for snippet in page.snippets(part)
    ]


def faults_of(code: str, snippet: str, folder: Path) -> list[Fault]:
    is_bytes = snippet.startswith("b'")
    content = ast.literal_eval(snippet) if is_bytes else snippet.encode() + b"\n"
    path = folder / "snippet"
    path.write_bytes(content)
    container = CONTAINERS.get(code, "jsonl") if is_bytes else "jsonl"
    source = Source("snippet", str(path), container)
    if code == "FT123":
        source = replace(source, compression=compression_of(content))
    faults: list[Fault] = []
    for batch in reader_named(container).read(source, ReadOptions()):
        for item in batch.items:
            if isinstance(item, Fault):
                faults.append(item)
            elif isinstance(item, bytes):
                record, found = parse_line(item, unterminated=batch.unterminated)
                faults += found
                if record is not UNPARSED and not isinstance(record, dict):
                    faults.append(Fault("not-an-object", {"found": kind_of(record)}))
    return faults


@pytest.mark.parametrize(("code", "snippet"), snippets("Flagged"))
def test_what_a_page_calls_flagged_is_flagged(code: str, snippet: str, tmp_path: Path) -> None:
    name = MODULES[code].RULE.name
    faults = [fault for fault in faults_of(code, snippet, tmp_path) if fault.name == name]
    assert faults
    for fault in faults:
        message = message_of(code, fault.params)
        assert message
        assert "{" not in message or "{" in snippet


@pytest.mark.parametrize(("code", "snippet"), snippets("Clean"))
def test_what_a_page_calls_clean_is_clean(code: str, snippet: str, tmp_path: Path) -> None:
    assert faults_of(code, snippet, tmp_path) == []


@pytest.mark.parametrize("code", MODULES)
def test_a_page_has_all_its_parts(code: str) -> None:
    page = PAGES[code]
    assert page.sentence.endswith(".")
    assert {"Why it matters", "Flagged", "Clean", "How to repair", "Source"} <= set(page.parts)
    assert bool(page.snippets("Flagged")) == (code not in WITHOUT_SNIPPETS)


@pytest.mark.parametrize("code", MODULES)
def test_a_file_is_named_after_its_rule(code: str) -> None:
    module, rule = MODULES[code], MODULES[code].RULE
    assert Path(module.__file__ or "").stem == f"{code.lower()}_{rule.name.replace('-', '_')}"
    assert rule.flags is None
    assert rule.locate is None


def test_the_messages_need_what_the_faults_carry() -> None:
    needed = {
        code: {name for _, name, _, _ in string.Formatter().parse(module.RULE.message) if name}
        for code, module in MODULES.items()
    }
    assert {code: names for code, names in needed.items() if names} == {
        "FT101": {"byte", "offset"},
        "FT102": {"encoding"},
        "FT104": {"column", "reason"},
        "FT105": {"column"},
        "FT106": {"column"},
        "FT108": {"key"},
        "FT109": {"column", "literal"},
        "FT111": {"found"},
        "FT112": {"escape"},
        "FT113": {"column", "digits"},
        "FT114": {"limit"},
        "FT115": {"byte_count", "limit"},
        "FT117": {"column", "character"},
        "FT118": {"found"},
        "FT119": {"byte_count", "limit"},
        "FT121": {"found", "allowed"},
        "FT122": {"cells", "columns"},
        "FT123": {"reason"},
    }
    facts = {code: module.RULE.fact for code, module in MODULES.items() if module.RULE.fact}
    assert facts == {
        "FT103": "byte_order_mark",
        "FT107": "containers",
        "FT110": "blank_lines",
        "FT119": "max_file_bytes",
        "FT121": "containers",
    }
