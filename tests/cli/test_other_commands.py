"""`explain`, `targets`, `prices`, `vocab`, and how the tool as a whole behaves."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from ftdata.catalog.target_catalog import target_ids
from ftdata.commands import main as commands
from ftdata.rules.registry import all_rules

from .conftest import Ftdata

GOOD = '{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]}\n'


@pytest.mark.parametrize("wanted", ["FT303", "ft303", "unknown-role"])
def test_a_code_is_explained_by_code_or_name(ftdata: Ftdata, wanted: str) -> None:
    outcome = ftdata("explain", wanted)
    assert outcome.code == 0
    assert outcome.out.startswith("FT303 unknown-role (error)\n")
    assert "How to repair" in outcome.out


def test_every_rule_can_be_explained(ftdata: Ftdata) -> None:
    for rule in all_rules():
        assert ftdata("explain", rule.code).code == 0


def test_targets_are_listed_and_each_shows_its_sources(ftdata: Ftdata) -> None:
    listing = ftdata("targets").out
    for target in target_ids():
        assert target in listing
        page = ftdata("targets", target)
        assert page.code == 0
        assert "2026-11-21" in page.out
    (one,) = json.loads(ftdata("targets", "openai-sft", "--output-format", "json").out)
    assert one["facts"]["min_examples"]["value"] == 10
    assert one["until"] == "2027-01-06"


def test_exported_vocabularies_are_those_that_tiktoken_asks_for(
    ftdata: Ftdata, tmp_path: Path
) -> None:
    outcome = ftdata("vocab", "--export", "vocab")
    assert outcome.code == 0
    hashes = {
        hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "vocab").iterdir()
    }
    assert "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d" in hashes
    assert "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7" in hashes


def test_a_fault_of_ours_exits_with_3(ftdata: Ftdata, monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command("break")
    def break_command() -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(commands.cli.commands, "break", break_command)
    outcome = ftdata("break")
    assert outcome.code == 3
    assert "ZeroDivisionError" in outcome.err
    assert "a fault of ftdata" in outcome.err


def test_an_interrupted_run_says_so(ftdata: Ftdata, monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command("interrupt")
    def interrupt_command() -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(commands.cli.commands, "interrupt", interrupt_command)
    outcome = ftdata("interrupt")
    assert outcome.code == 130
    assert "interrupted" in outcome.err


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "faq.csv").write_text(
        "question,answer\n" + "where is it?,there\n" * 100_000, encoding="utf-8"
    )
    done = subprocess.run(
        [
            "bash",
            "-c",
            f"{sys.executable} -m ftdata convert -q faq.csv | head -n 1;echo ${{PIPESTATUS[0]}}",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith('{"messages":')
    assert done.stdout.endswith("\n141\n")  # as any program that SIGPIPE ends
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_standard_output_on_a_full_disk_is_no_fault_of_ours(tmp_path: Path) -> None:
    (tmp_path / "faq.csv").write_text("question,answer\n" + "where is it?,there\n" * 1000)
    for command in ("convert -q", "validate --target openai-sft"):
        done = subprocess.run(
            ["bash", "-c", f"{sys.executable} -m ftdata {command} faq.csv > /dev/full"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert "no room to write: [Errno 28] No space left on device" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there are no quotas for one process there")
@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.bz2", "out/"])
def test_a_full_disk_is_no_fault_of_ours(tmp_path: Path, output: str) -> None:
    rows = "".join(f"{n * 123456789},{n * 987654321}\n" for n in range(20_000))
    (tmp_path / "faq.csv").write_text(f"question,answer\n{rows}")
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 40; {sys.executable} -m ftdata convert -q faq.csv -o {output}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "cannot be written: File too large" in done.stderr
    assert done.stderr.count("\n") == 1
    left = [path.name for path in tmp_path.rglob("*")]
    assert sorted(left) == ([".ftdata-run", "faq.csv", "out"] if output == "out/" else ["faq.csv"])


@pytest.mark.parametrize("name", ["ftdata.toml", "pyproject.toml"])
def test_a_configuration_that_is_no_toml_is_wrong_use(
    ftdata: Ftdata, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("= broken", encoding="utf-8")
    outcome = ftdata("validate", "train.jsonl")
    assert outcome.code == 2
    assert "not TOML" in outcome.err


def test_a_setting_for_all_commands_reaches_those_that_have_it(
    ftdata: Ftdata, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.ftdata]\ntarget = "openai-sft"\n[tool.ftdata.validate]\nquiet = true\n',
        encoding="utf-8",
    )
    (tmp_path / "train.jsonl").write_text(GOOD, encoding="utf-8")
    below = tmp_path / "below"
    below.mkdir()
    outcome = ftdata("validate", "train.jsonl")
    assert "(openai-sft)" in outcome.out
    assert outcome.err == ""
    (tmp_path / "pyproject.toml").write_text(
        "[tool.ftdata.validate]\nquite = true\n", encoding="utf-8"
    )
    assert "did you mean quiet" in ftdata("validate", "train.jsonl").err


def test_few_examples_are_a_finding_of_the_first_file(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text(GOOD, encoding="utf-8")
    outcome = ftdata("validate", "train.jsonl", "--target", "openai-sft")
    assert outcome.code == 0
    assert outcome.out.startswith("train.jsonl:1 FT601 warning: 1 example(s) in all, at least 10 ")
    outcome = ftdata("validate", "train.jsonl", "--target", "openai-sft", "--ignore", "FT601")
    assert "FT601" not in outcome.out
