"""Finds the schemas beside the package (a wheel) or in the checkout (an editable install)."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from ftdata.errors import FtdataError

_PACKAGE = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def schemas_folder() -> Path:
    """The folder that holds layouts/, targets/, catalog/ and output/.

    Raises FtdataError if neither place has it: the installation is damaged.
    """
    for folder in (_PACKAGE / "schemas", _PACKAGE.parent.parent / "schemas"):
        if folder.is_dir():
            return folder
    raise FtdataError("the schemas are missing from this installation; reinstall ftdata")


@lru_cache(maxsize=256)
def load_schema(path: str) -> dict[str, Any]:
    """Reads a schema by its path below schemas/, such as "targets/openai-sft.json"."""
    schema: dict[str, Any] = json.loads((schemas_folder() / path).read_text(encoding="utf-8"))
    return schema


@lru_cache(maxsize=1)
def all_schemas() -> dict[str, dict[str, Any]]:
    """Every shipped schema by its path below schemas/."""
    folder = schemas_folder()
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.json"))
    return {name: load_schema(name) for name in names}
