"""Packages of which only some modules can be imported here, as the others need an accelerator."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


def without_their_init(*names: str) -> None:
    """Makes packages importable without running their `__init__`, so that single modules can be imported."""
    root = names[0].partition(".")[0]
    found = find_spec(root)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(root)
    home = Path(found.submodule_search_locations[0])
    for name in names:
        package = ModuleType(name)
        package.__path__ = [str(home.joinpath(*name.split(".")[1:]))]
        sys.modules[name] = package
