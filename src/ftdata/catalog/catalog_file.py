"""Reads catalog files: TOML beside this module, every statement with its source and date."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ftdata.errors import UnknownName
from ftdata.model import Fact

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_CATALOG = Path(__file__).resolve().parent


def catalog_names(folder: str) -> list[str]:
    """The names of the files and folders in `folder` of the catalog, without suffix, sorted."""
    return sorted(path.name.removesuffix(".toml") for path in (_CATALOG / folder).iterdir())


def read_catalog_file(folder: str, name: str, *, kind: str) -> dict[str, Any]:
    """Reads `<folder>/<name>.toml`.

    Raises UnknownName, saying that there is no such `kind`, unless the name is in the folder.
    """
    known = catalog_names(folder) if (_CATALOG / folder).is_dir() else []
    if name not in known:
        raise UnknownName(kind, name, known)
    with (_CATALOG / folder / f"{name}.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)
    return table


def facts_in(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Fact]:
    """Reads `[facts.<name>]` tables: value, source, checked, and what is not the default of a Fact."""
    return {name: Fact(**table) for name, table in tables.items()}
