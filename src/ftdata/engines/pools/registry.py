"""Finds the engines: the modules beside this one that have an `ENGINE`, and those that plug in."""

from __future__ import annotations

from functools import lru_cache

from ftdata.discovery import modules_with
from ftdata.engines.engine import Engine
from ftdata.errors import UnknownName


@lru_cache(maxsize=1)
def all_engines() -> tuple[Engine, ...]:
    """Every engine, in order of the names of their modules, plug-ins last."""
    return tuple(module.ENGINE for module in modules_with("ftdata.engines.pools", "ENGINE"))


def engine_named(name: str) -> Engine:
    """Gives an engine. Raises UnknownName if there is none of this name."""
    engines = {engine.name: engine for engine in all_engines()}
    if name not in engines:
        raise UnknownName("engine", name, engines)
    return engines[name]
