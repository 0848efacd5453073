"""The specimens show what their README says."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
README = (SAMPLES / "README.md").read_text(encoding="utf-8")


def ftdata(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line as a user would."""
    program = Path(sys.executable).parent / "ftdata"
    return subprocess.run(
        [str(program), *arguments], cwd=SAMPLES, capture_output=True, encoding="utf-8", check=False
    )


def test_every_specimen_is_described() -> None:
    described = set(re.findall(r"^\| `([\w.]+)`", README, re.MULTILINE))
    assert described == {path.name for path in SAMPLES.iterdir() if path.is_file()} - {
        "README.md",
        "make_parquet.py",
    }


def test_the_broken_file_has_the_faults_that_its_table_lists() -> None:
    listed = {
        int(line): code
        for line, code in re.findall(r"^\| (\d+) \| (FT\d+)? ?\|", README, re.MULTILINE)
    }
    done = ftdata("validate", "broken.jsonl", "--target", "openai-sft", "--output-format", "json")
    assert done.returncode == 1
    found = [(one["line"], one["code"]) for one in json.loads(done.stdout)["findings"]]
    assert found == [(line, code) for line, code in listed.items() if code]
    assert len(listed) == len((SAMPLES / "broken.jsonl").read_bytes().split(b"\n"))


def test_the_good_file_is_taken_without_a_word() -> None:
    done = ftdata("validate", "support.jsonl", "--target", "openai-sft", "--output-format", "json")
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert report["findings"] == []
    assert report["summary"]["valid"] == 60


@pytest.mark.parametrize(
    ("name", "options", "examples"),
    [
        ("faq.csv", [], 30),
        ("recipes.tsv", ["--user", "How do I make {title}?", "--assistant", "steps"], 12),
        ("chats.parquet", [], 40),
        ("support.jsonl", [], 60),
        ("interview.txt", [], 8),
        ("transcript.txt", [], 3),
        ("handbook.md", ["--instruction", "What does the handbook say about {title}?"], None),
        ("alpaca.json", [], 12),
        ("sharegpt.json", [], 5),
        ("preferences.jsonl", [], 6),
    ],
)
@pytest.mark.parametrize("target", ["generic-chat", "openai-sft", "azure-sft", "trl-sft"])
def test_a_specimen_converts_and_validates(
    tmp_path: Path, name: str, options: list[str], examples: int | None, target: str
) -> None:
    output = tmp_path / "out.jsonl"
    done = ftdata("convert", name, "--to", target, "-o", str(output), *options)
    assert done.returncode == 0, done.stderr
    lines = output.read_bytes().count(b"\n")
    assert lines == examples if examples is not None else lines > 1
    judged = ftdata("validate", str(output), "--target", target)
    assert judged.returncode == 0, judged.stdout


def test_numbers_keep_their_zeros_and_answers_their_line_breaks(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    ftdata("convert", "faq.csv", "--to", "openai-sft", "-o", str(output))
    rows = map(json.loads, output.read_bytes().splitlines())
    answers = [row["messages"][-1]["content"] for row in rows]
    assert any("look like 00731" in answer for answer in answers)
    assert any("\n2. Pull the old blade out.\n" in answer for answer in answers)
    done = ftdata(
        "convert", "faq.csv", "-o", str(output), "--user", "{id}", "--assistant", "answer"
    )
    assert done.returncode == 0, done.stderr
    first = json.loads(output.read_bytes().split(b"\n")[0])
    assert first["messages"][0] == {"role": "user", "content": "00501"}


def test_the_parquet_specimen_is_what_its_script_writes() -> None:
    import pyarrow.parquet

    spec = importlib.util.spec_from_file_location("make_parquet", SAMPLES / "make_parquet.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    stored = pyarrow.parquet.ParquetFile(SAMPLES / "chats.parquet")
    assert stored.metadata.num_row_groups == 2
    assert stored.read().to_pylist() == script.conversations()
