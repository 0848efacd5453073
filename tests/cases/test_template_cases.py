"""Runs the folders below templates/: rows.jsonl, judged with the chat template that lies beside it.

expected.findings holds "line pointer code parameters" of every finding of the FT71x rules, one a line. To
add a case, drop a folder; to write its findings, run this module: python -m tests.cases.test_template_cases.
Then read what it wrote. The templates are written for these tests, in the manner of the model they name.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ftdata import validate

FOLDERS = sorted(path for path in (Path(__file__).parent / "templates").iterdir() if path.is_dir())


def findings_in(folder: Path) -> list[str]:
    result = validate(
        str(folder / "rows.jsonl"),
        target="trl-sft",
        chat_template=folder,
        select=("FT71",),
        today=date(2026, 11, 22),
    )
    told = [(one.line, one.pointer or "-", one.code, one.message) for one in result.findings]
    return [" ".join(map(str, one)) for one in sorted(told)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_case_has_exactly_the_findings_beside_it(folder: Path) -> None:
    expected = (folder / "expected.findings").read_text(encoding="utf-8").splitlines()
    assert findings_in(folder) == expected


def test_every_rule_but_those_on_tokenizers_has_a_case() -> None:
    texts = [(folder / "expected.findings").read_text(encoding="utf-8") for folder in FOLDERS]
    codes = {line.split()[2] for text in texts for line in text.splitlines()}
    assert codes == {f"FT71{number}" for number in range(1, 9)}


if __name__ == "__main__":
    for case in FOLDERS:
        text = "".join(f"{line}\n" for line in findings_in(case))
        (case / "expected.findings").write_text(text, encoding="utf-8")
