"""The generated pages: they hang together, and a difference is named."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py, which is no package and finds its modules beside itself."""
    sys.path.insert(0, str(DOCS))
    try:
        import generate as module
    finally:
        sys.path.remove(str(DOCS))
    return module


def test_every_link_between_pages_leads_to_a_page_or_a_schema(generate: ModuleType) -> None:
    pages = generate.wanted_pages()
    for name, text in pages.items():
        for link in re.findall(r"\]\(([^)]+)\)", text):
            target = (DOCS / name).parent / link
            known = (
                (DOCS / name).parent.joinpath(link).resolve().relative_to(DOCS.parent).as_posix()
            )
            assert known.removeprefix("docs/") in pages or target.is_file(), (name, link)


def test_every_table_has_as_many_cells_in_each_line(generate: ModuleType) -> None:
    for name, text in generate.wanted_pages().items():
        for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
            assert len(widths) == 1, name


def test_every_rule_and_every_target_has_a_page(generate: ModuleType) -> None:
    pages = generate.wanted_pages()
    assert "rules/FT303-unknown-role.md" in pages
    assert (
        "`max_tokens`: tokens of one row, at most | 65,536 | truncate | yes"
        in pages["targets/openai-sft.md"]
    )
    assert "OAI-S7 | An object with a type" in pages["targets/azure-sft.md"]


def test_missing_stale_and_unwanted_pages_differ(generate: ModuleType) -> None:
    wanted = {"a.md": "1", "b.md": "2", "c.md": "3"}
    assert generate.differing(wanted, {"a.md": "1", "b.md": "old", "d.md": "4"}) == [
        "b.md",
        "c.md",
        "d.md",
    ]


def test_writing_brings_every_page_up_to_date(
    generate: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(generate, "DOCS", tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "FT000-gone.md").write_text("old", encoding="utf-8")
    assert generate.main(["--check"]) == 1
    assert "docs/rules/FT000-gone.md is not what" in capsys.readouterr().out
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    assert not (tmp_path / "rules" / "FT000-gone.md").exists()


def test_an_unknown_argument_is_wrong_use() -> None:
    done = subprocess.run(
        [sys.executable, str(DOCS / "generate.py"), "--wrong"], capture_output=True, check=False
    )
    assert done.returncode == 2
