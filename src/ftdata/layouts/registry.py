"""The layouts there are, by name, and which of them a record or a document has.

Of several layouts that recognise a record, the one that carries the most of its keys wins: `instruction,
input, output` is Alpaca and not prompt-completion, `messages` beside `label` is KTO and not chat. Layouts
that carry equally many keys exclude each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ftdata.discovery import modules_with
from ftdata.errors import UnknownName
from ftdata.model import Layout, LayoutOptions, TextLayout

_DEFAULTS = LayoutOptions()


@lru_cache(maxsize=1)
def all_layouts() -> tuple[Layout, ...]:
    """Every record layout, by name."""
    found: list[Layout] = [module.LAYOUT for module in modules_with("ftdata.layouts", "LAYOUT")]
    return tuple(sorted(found, key=lambda layout: layout.name))


@lru_cache(maxsize=1)
def all_text_layouts() -> tuple[TextLayout, ...]:
    """Every layout of documents, by name."""
    found: list[TextLayout] = [
        module.TEXT_LAYOUT for module in modules_with("ftdata.layouts", "TEXT_LAYOUT")
    ]
    return tuple(sorted(found, key=lambda layout: layout.name))


def layout_named(name: str) -> Layout | TextLayout:
    """Gives the layout of records or of documents with this name; `question_answer` is question-answer.

    Raises UnknownName.
    """
    layouts: dict[str, Layout | TextLayout] = {layout.name: layout for layout in all_layouts()}
    layouts.update((layout.name, layout) for layout in all_text_layouts())
    try:
        return layouts[name.replace("_", "-")]
    except KeyError:
        raise UnknownName("layout", name, layouts) from None


def layout_of(record: object) -> str | None:
    """Gives the name of the layout of one record: of those that recognise it, the one that carries most."""
    found = [layout for layout in all_layouts() if layout.recognises(record)]
    found.sort(key=lambda layout: (-len(layout.uses(record, _DEFAULTS)), layout.name))
    return found[0].name if found else None


def detect(records: Sequence[object]) -> list[str]:
    """Gives the layouts of at least half of the records at the head of a source, the most frequent first."""
    counts = Counter(name for record in records if (name := layout_of(record)) is not None)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [name for name, count in ranked if 2 * count >= len(records)]


def detect_text(lines: Sequence[str]) -> list[str]:
    """Gives the layouts that the first lines of a document have."""
    return [layout.name for layout in all_text_layouts() if layout.recognises(lines)]
