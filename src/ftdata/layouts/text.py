"""A single text, for plain language modelling: `text` or `content`.

Recognised only where nothing but facts about the text stands beside it: a table with `text` and `label`
or `summary` is more than text, and only the user can say what to make of it.
"""

from __future__ import annotations

from typing import Any

from ftdata.layouts.cells import cell_text, filled, pointer_to
from ftdata.layouts.dialogue import is_dialogue
from ftdata.layouts.names import find_key, lacks_keys, normal
from ftdata.layouts.prose import as_example
from ftdata.layouts.refusal import giving_faults
from ftdata.model import Example, Layout, LayoutOptions

KEYS = ("text", "content")

#: Keys that say where a text is from, not what it is.
ABOUT = frozenset(
    map(
        normal,
        (
            *("id", "_id", "doc_id", "uuid", "url", "uri", "source", "source_url", "timestamp"),
            *("date", "created", "added", "dump", "file_path", "path", "language", "lang"),
            *("language_score", "token_count", "meta", "metadata", "license", "author"),
        ),
    )
)


def recognises(record: Any) -> bool:
    """True for a text with nothing beside it that has to be learned."""
    if not isinstance(record, dict):
        return False
    key = find_key(record, "text", KEYS, {})
    return (
        key is not None
        and isinstance(record[key], str)
        and not is_dialogue(record[key])
        and all(other == key or normal(str(other)) in ABOUT for other in record)
    )


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example:
    """Gives the text; with --instruction, a conversation whose answer is the text."""
    key = find_key(record, "text", KEYS, options.columns) if isinstance(record, dict) else None
    if key is None:
        raise lacks_keys("text", ["text"], record)
    pointer = pointer_to(key)
    text = filled(cell_text(record[key], pointer), options, pointer, role="text", column=key)
    return as_example("", text, options)


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:
    """The text."""
    if not isinstance(record, dict):
        return frozenset()
    key = find_key(record, "text", KEYS, options.columns)
    return frozenset() if key is None else frozenset({key})


LAYOUT = Layout(
    name="text",
    title="plain text: text",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
)
