"""Finds what stands in a folder of one-thing-a-file modules, and in packages that plug in.

A module in `ftdata.rules` (any depth) that has a `RULE` is a rule; the same for READER, LAYOUT,
TEXT_LAYOUT, RENDERER and ENGINE. Outside packages add theirs with the entry point groups `ftdata.rules`,
`ftdata.readers`, `ftdata.layouts`, `ftdata.renderers` and `ftdata.engines.pools`, each naming a module.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import entry_points
from types import ModuleType


@lru_cache(maxsize=16)
def modules_with(package: str, attribute: str) -> tuple[ModuleType, ...]:
    """All modules below `package` that have `attribute`, in order of their names, plug-ins last."""
    return tuple(module for module in _modules(package) if hasattr(module, attribute))


def _modules(package: str) -> Iterator[ModuleType]:
    root = importlib.import_module(package)
    names = sorted(found.name for found in pkgutil.walk_packages(root.__path__, f"{package}."))
    for name in names:
        yield importlib.import_module(name)
    for point in sorted(entry_points(group=package), key=lambda point: point.name):
        yield importlib.import_module(point.value)
