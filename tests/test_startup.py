"""Starting is quick, because nothing heavy is imported before it is used.

Seconds would differ from machine to machine; what was imported does not.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    "aiohttp",
    "botocore",
    "charset_normalizer",
    "fsspec",
    "jsonschema",
    "jsonschema_rs",
    "msgspec",
    "numpy",
    "openpyxl",
    "orjson",
    "pandas",
    "pyarrow",
    "ray",
    "regex",
    "s3fs",
    "tiktoken",
}
#: Only `--version` loads it, to say whether it is in use.
FAST_COUNTER = {"toktok"}


def modules_after(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after running `code`."""
    report = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}


def test_importing_the_library_imports_nothing_heavy() -> None:
    loaded = modules_after("import ftdata")
    assert "ftdata" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["convert", "--help"],
        ["validate", "--help"],
        ["estimate", "--help"],
        ["explain", "--help"],
        ["targets", "--help"],
        ["prices", "--help"],
    ],
    ids=" ".join,
)
def test_asking_for_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['ftdata', *{arguments!r}]\n"
        "from ftdata.commands.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
    )
    loaded = modules_after(code)
    assert "click" in loaded
    assert loaded & HEAVY == set()
    assert "--version" in arguments or loaded & FAST_COUNTER == set()


def test_the_list_of_heavy_packages_can_catch_one() -> None:
    assert modules_after("import orjson") & HEAVY == {"orjson"}
