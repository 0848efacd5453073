"""The house is in order: imports run downwards, files and functions stay small, facts are data."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCE = CHECKOUT / "src" / "ftdata"
MODULES = sorted(SOURCE.rglob("*.py"))
NAMES = [path.relative_to(SOURCE).as_posix() for path in MODULES]

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 60

each_module = pytest.mark.parametrize("path", MODULES, ids=NAMES)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_imports_run_downwards_only() -> None:
    code = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Contracts: [1-9]\d* kept, 0 broken", done.stdout), done.stdout


def test_every_folder_of_the_package_says_what_it_holds() -> None:
    folders = {path.parent for path in MODULES}
    assert [folder for folder in folders if not docstring_of(folder / "__init__.py")] == []


@each_module
def test_a_module_says_what_it_is_and_stays_small(path: Path) -> None:
    assert docstring_of(path), "no docstring"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_FILE


@each_module
def test_functions_stay_small(path: Path) -> None:
    long = {
        function.name: lines_of(function)
        for function in functions_in(path)
        if lines_of(function) > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


@each_module
def test_what_is_public_has_a_docstring(path: Path) -> None:
    assert [name for name, node in public_things(parsed(path)) if not ast.get_docstring(node)] == []


@each_module
def test_no_module_is_named_after_nothing(path: Path) -> None:
    words = set(path.relative_to(SOURCE).with_suffix("").parts)
    assert words & {"utils", "util", "helpers", "helper", "common", "misc", "base"} == set()


@each_module
def test_no_fact_of_a_vendor_stands_in_code(path: Path) -> None:
    tree = parsed(path)
    docstrings = {id(node) for node in docstring_nodes(tree)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    ]
    vendor_fact = re.compile(
        r"https?://(?!json-schema\.org/|[\w.-]+\.invalid/)|\bgpt-\d|\bo\d-mini|\bUSD\s*\d|\$\s?\d"
    )
    assert [text for text in texts if vendor_fact.search(text)] == []


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.toml")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_a_catalog_file_names_sources_and_dates(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "source" in text
    assert re.search(r"\b20\d\d-\d\d-\d\d\b", text)


def test_the_public_names_are_the_whole_truth() -> None:
    import ftdata

    assert set(ftdata.__all__) >= {"check_example", "convert", "estimate", "validate"}
    assert [name for name in ftdata.__all__ if not hasattr(ftdata, name)] == []
    defined = {name for name, _ in public_things(parsed(SOURCE / "__init__.py"))}
    assert defined <= set(ftdata.__all__)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def docstring_of(path: Path) -> str | None:
    return ast.get_docstring(parsed(path))


def functions_in(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def lines_of(function: Function) -> int:
    """Lines of the body without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return 0 if not body else (body[-1].end_lineno or 0) - body[0].lineno + 1


def public_things(tree: ast.Module | ast.ClassDef) -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """Functions and classes of a module that others may use, and the methods of such classes."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if node.name.startswith("_"):
                continue
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                yield from ((f"{node.name}.{name}", inner) for name, inner in public_things(node))


def docstring_nodes(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, Function)) and ast.get_docstring(node):
            first = node.body[0]
            assert isinstance(first, ast.Expr)
            assert isinstance(first.value, ast.Constant)
            yield first.value
