"""The hook works with the real pre-commit, in a real repository, as README.md says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

GOOD = (
    '{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}]}\n'
)
BAD = '{"messages": [{"role": "user", "content": "hi"}, {"role": "bot", "content": "hello"}]}\n'

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (CHECKOUT / ".git").exists(), reason="pre-commit installs hooks from a git repository"
    ),
]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's repository with the configuration that README.md shows, its hook environment built."""
    if not registry_answers():
        pytest.skip("no package registry can be reached, so pre-commit cannot build the hook")
    folder = tmp_path_factory.mktemp("repository")
    git(folder, "init", "--quiet")
    (folder / ".pre-commit-config.yaml").write_text(shown_configuration(), encoding="utf-8")
    done = pre_commit(folder, "install-hooks")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_a_good_file_is_let_through(repository: Path) -> None:
    done = check(repository, "good.jsonl", GOOD)
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout


def test_a_bad_file_is_held_back_and_the_finding_is_shown(repository: Path) -> None:
    done = check(repository, "bad.jsonl", BAD)
    assert done.returncode == 1, done.stdout
    assert "bad.jsonl:1 /messages/1/role FT303" in done.stdout


def test_other_files_are_none_of_the_hooks_business(repository: Path) -> None:
    done = check(repository, "notes.txt", BAD)
    assert done.returncode == 0, done.stdout
    assert "Skipped" in done.stdout


def shown_configuration() -> str:
    """The configuration of README.md, for the commit that is checked out here."""
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```yaml\n(repos:\n.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert len(shown) == 1
    head = git(CHECKOUT, "rev-parse", "HEAD").strip()
    here, replaced = re.subn(r"repo: \S+.*", f"repo: {CHECKOUT.as_uri()}", shown[0])
    assert replaced == 1
    now, replaced = re.subn(r"rev: \S+", f"rev: {head}", here)
    assert replaced == 1
    return now


def check(repository: Path, name: str, text: str) -> subprocess.CompletedProcess[str]:
    """Stages a file and runs the hooks on it."""
    (repository / name).write_text(text, encoding="utf-8")
    git(repository, "add", name)
    return pre_commit(repository, "run", "--files", name)


def pre_commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the real pre-commit, with a store of its own beside the repository."""
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=folder,
        env={**clean_environment(), "PRE_COMMIT_HOME": str(folder.with_name("store"))},
        capture_output=True,
        text=True,
        check=False,
    )


def git(folder: Path, *arguments: str) -> str:
    """Runs git in a folder and gives what it prints."""
    program = shutil.which("git")
    assert program is not None
    return subprocess.run(
        [program, *arguments],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def clean_environment() -> dict[str, str]:
    """The environment without what git sets inside a hook, which would point it at another repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def registry_answers() -> bool:
    """True where pip can download the smallest package that the hook needs."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet"),
            *("--dry-run", "--ignore-installed", "--no-deps", "click"),
        ],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0
