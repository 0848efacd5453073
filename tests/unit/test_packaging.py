"""The wheel holds what the checkout holds, and both kinds of installation find it."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "src" / "ftdata"

#: Says where an installation lies and how many schemas and catalog files it finds.
ASK = """
import ftdata
from ftdata.resources import all_schemas, schemas_folder
from ftdata.catalog.target_catalog import load_target, target_ids
print(ftdata.__file__)
print(schemas_folder())
print(len(all_schemas()))
print(len([load_target(name) for name in target_ids()]))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the source archive, built from a copy of the tracked files."""
    copy = tmp_path_factory.mktemp("copy")
    for name in tracked_files():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((CHECKOUT / name).read_bytes())
    dist = tmp_path_factory.mktemp("dist")
    # Without isolation nothing is downloaded; the wheel is made from the source archive.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(copy))
    return next(dist.glob("*.whl")), next(dist.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a clean environment that holds the wheel, and borrows its dependencies."""
    python = clean_environment(tmp_path_factory.mktemp("wheel"))
    run(str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(built[0]))
    return python


@pytest.mark.slow
def test_the_wheel_holds_every_schema_and_catalog_file_unchanged(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[0]) as wheel:
        packed = {name: wheel.read(name) for name in wheel.namelist()}
    expected = data_files()
    assert {name: packed.get(name) for name in expected} == expected
    assert [name for name in packed if name.startswith(("tests/", "bench/", "schemas/"))] == []
    assert "ftdata/py.typed" in packed


@pytest.mark.slow
def test_the_source_archive_holds_tests_samples_and_licence(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "LICENSE",
        "README.md",
        "pyproject.toml",
        "sample_data/faq.csv",
        "tests/unit/test_packaging.py",
    } <= names
    assert {f"schemas/{path.relative_to(CHECKOUT / 'schemas')}" for path in schemas()} <= names


@pytest.mark.slow
def test_an_installed_wheel_finds_its_data_and_starts(installed: Path) -> None:
    package, folder, schema_count, target_count = ask(installed)
    assert not Path(package).is_relative_to(CHECKOUT)
    assert Path(folder) == Path(package).parent / "schemas"
    assert schema_count == str(len(schemas()))
    assert target_count == str(len(list((PACKAGE / "catalog" / "targets").glob("*.toml"))))
    version = run(str(installed), "-c", "import ftdata; print(ftdata.__version__)")
    said = run(str(installed.parent / "ftdata"), "--version")
    assert said.startswith(f"ftdata {version.strip()} (tokens counted by ")


@pytest.mark.slow
def test_an_installed_wheel_validates_a_file_of_the_checkout(installed: Path) -> None:
    program = str(installed.parent / "ftdata")
    good = run(program, "validate", str(CHECKOUT / "sample_data" / "support.jsonl"))
    assert "60" in good
    command = [program, "validate", str(CHECKOUT / "sample_data" / "broken.jsonl")]
    bad = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert bad.returncode == 1
    assert "FT303" in bad.stdout


@pytest.mark.slow
def test_an_editable_installation_finds_the_schemas_of_the_checkout(tmp_path: Path) -> None:
    python = clean_environment(tmp_path)
    run(
        *(str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"),
        *("--no-build-isolation", "--editable", str(CHECKOUT)),
    )
    package, folder, schema_count, _ = ask(python)
    assert Path(package).is_relative_to(PACKAGE)
    assert Path(folder) == CHECKOUT / "schemas"
    assert schema_count == str(len(schemas()))


def tracked_files() -> list[str]:
    """What a clone would hold, as it stands in the working tree; all files where git is absent."""
    if not (CHECKOUT / ".git").exists():
        paths = (path.relative_to(CHECKOUT) for path in CHECKOUT.rglob("*") if path.is_file())
        return [str(path) for path in paths if not path.parts[0].startswith(".")]
    listed = run(
        "git", "-C", str(CHECKOUT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"
    )
    return [name for name in listed.split("\0") if name and (CHECKOUT / name).is_file()]


def schemas() -> list[Path]:
    """The schemas of the checkout."""
    return sorted((CHECKOUT / "schemas").rglob("*.json"))


def data_files() -> dict[str, bytes]:
    """Schemas and catalog files by the names they must have in the wheel."""
    found = {
        f"ftdata/{path.relative_to(CHECKOUT).as_posix()}": path.read_bytes() for path in schemas()
    }
    for path in PACKAGE.rglob("*.toml"):
        found[f"ftdata/{path.relative_to(PACKAGE).as_posix()}"] = path.read_bytes()
    assert any(name.startswith("ftdata/schemas/targets/") for name in found)
    assert any(name.startswith("ftdata/catalog/targets/") for name in found)
    return found


def clean_environment(folder: Path) -> Path:
    """A new virtual environment that sees this one's packages last; gives its interpreter."""
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    home = Path(run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"))
    # Only plain paths are borrowed: the .pth files in them, such as ours, are not read again.
    borrowed: Iterable[str] = (path for path in sys.path if path.endswith("site-packages"))
    (home / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return python


def ask(python: Path) -> list[str]:
    """What an installation says about itself, asked away from the checkout."""
    return run(str(python), "-c", ASK, cwd=python.parent).splitlines()


def run(*command: str, cwd: Path | None = None) -> str:
    """Runs a command that has to succeed, and gives what it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()
