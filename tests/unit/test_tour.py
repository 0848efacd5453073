"""The machinery that keeps README.md true, tried on commands that need nothing installed."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


def load_tour() -> ModuleType:
    """Imports docs/tour.py, which is no package."""
    spec = importlib.util.spec_from_file_location("tour", CHECKOUT / "docs" / "tour.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tour = load_tour()


def block(kind: str, body: str) -> str:
    return f"Words.\n\n```{kind}\n{body}```\n\nMore words.\n"


@pytest.mark.parametrize(
    ("kind", "stale", "true"),
    [
        ("console", "$ echo hi\nold\n", "$ echo hi\nhi\n"),
        ("console", "$ echo out; echo err >&2\n", "$ echo out; echo err >&2\nout\nerr\n"),
        ("console", "$ printf 'no newline'\n", "$ printf 'no newline'\nno newline\n"),
        ("console", "$ true\n$ echo a\nb\nc\n", "$ true\n$ echo a\na\n"),
        ("console", "$ echo one \\\n    two\nold\n", "$ echo one \\\n    two\none two\n"),
        ("console", "$ (exit 3)\n$ echo $?\n0\n", "$ (exit 3)\n$ echo $?\n3\n"),
        ("console", "$ echo kept > f\n$ cat f\n", "$ echo kept > f\n$ cat f\nkept\n"),
        ("pycon", ">>> 1 + 1\n3\n", ">>> 1 + 1\n2\n"),
        ("pycon", ">>> a = 4\n>>> print(a)\n", ">>> a = 4\n>>> print(a)\n4\n"),
        (
            "pycon",
            ">>> for i in range(2):\n...     print(i)\n\n>>> 'ü'\n",
            ">>> for i in range(2):\n...     print(i)\n0\n1\n>>> 'ü'\n'ü'\n",
        ),
    ],
)
def test_an_output_is_replaced_by_what_the_command_prints(
    tmp_path: Path, kind: str, stale: str, true: str
) -> None:
    assert tour.rewritten(block(kind, stale), tmp_path) == block(kind, true)


def test_a_true_text_is_left_as_it_is(tmp_path: Path) -> None:
    text = block("console", "$ echo hi\nhi\n") + block("sh", "$ echo not run\n")
    assert tour.rewritten(text, tmp_path) == text


def test_blocks_share_one_folder(tmp_path: Path) -> None:
    text = block("console", "$ echo 7 > f\n") + block("pycon", ">>> open('f').read()\n'7\\n'\n")
    assert tour.rewritten(text, tmp_path) == text


def test_a_failing_python_example_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="ZeroDivisionError"):
        tour.rewritten(block("pycon", ">>> 1 / 0\n"), tmp_path)
