"""The renderers there are, by name."""

from __future__ import annotations

from functools import lru_cache

from ftdata.discovery import modules_with
from ftdata.errors import UnknownName
from ftdata.model import Renderer


@lru_cache(maxsize=1)
def all_renderers() -> tuple[Renderer, ...]:
    """Every renderer, by name."""
    found: list[Renderer] = [
        module.RENDERER for module in modules_with("ftdata.renderers", "RENDERER")
    ]
    return tuple(sorted(found, key=lambda renderer: renderer.name))


def renderer_named(name: str) -> Renderer:
    """Gives a renderer. Raises UnknownName."""
    for renderer in all_renderers():
        if renderer.name == name:
            return renderer
    raise UnknownName("renderer", name, [renderer.name for renderer in all_renderers()])
