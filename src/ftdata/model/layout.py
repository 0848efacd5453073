"""Which shape a record or a document has, and how it becomes an example."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ftdata.model.example import Example
from ftdata.model.room import Room
from ftdata.model.source import Fault


@dataclass(frozen=True)
class LayoutOptions:
    """What the user asked for. Every layout reads the fields it needs and ignores the rest."""

    columns: Mapping[str, str] = field(default_factory=dict)  # --map: role -> column
    user: str | None = None  # a column name or a "{column}" template
    assistant: str | None = None
    system: str | None = None
    instruction: str | None = None  # the user turn for plain text turned into chat
    on_empty: Literal["reject", "drop", "keep"] = "reject"  # a missing or empty cell
    roles: Mapping[str, str] = field(default_factory=dict)  # --speaker NAME=ROLE
    chunk_tokens: int | None = None  # cut documents into chunks of at most this many tokens
    max_turns: int | None = (
        None  # cut long transcripts into conversations of at most this many turns
    )
    unread: list[str] | None = None  # gathers the keys of turns that no reader knows, where asked


class TextTurn(NamedTuple):
    """A turn of an example, as a text made of the cells of a row.

    `text` makes it of the cells of `columns`, in their order; None: it is the only cell as it stands.
    """

    role: str
    columns: tuple[str, ...]
    text: Callable[..., str] | None = None


@dataclass(frozen=True)
class Layout:
    """A shape of records. One module in `layouts/` each, found by its `LAYOUT`.

    `recognises` answers for one record by its keys and types alone. `to_example` gives the example, or
    the `Fault` (named after its rule) that says why this record cannot become one. `uses` gives the
    top-level keys that the example carries; the others are reported as not carried.

    `turns` says beforehand what `to_example` gives for the rows of a table with these columns, in order:
    just these turns, for each row whose cells are all text, if none of the turns' texts is blank. Then
    `uses` goes by the keys alone. None, or no `turns`: nothing is known without looking at the row.
    """

    name: str
    title: str
    recognises: Callable[[Any], bool]
    to_example: Callable[[Any, LayoutOptions], Example | Fault]
    uses: Callable[[Any, LayoutOptions], frozenset[str]]
    turns: Callable[[Sequence[str], LayoutOptions], tuple[TextTurn, ...] | None] | None = None


@dataclass(frozen=True)
class TextLayout:
    """A shape of documents: cuts numbered lines of text into examples, streaming.

    `recognises` looks at the first lines. `split` takes (line number, text without its line end) pairs
    and a token counter, and yields (line number, example or Fault) in order; every non-blank line ends
    up in an example or in a Fault's `original`.
    """

    name: str
    title: str
    recognises: Callable[[Sequence[str]], bool]
    split: Callable[
        [Iterable[tuple[int, str]], LayoutOptions, Callable[[str], int]],
        Iterator[tuple[int, Example | Fault]],
    ]


@dataclass(frozen=True)
class Renderer:
    """Writes an example in a target's line shape. One module in `renderers/` each, found by `RENDERER`.

    Gives the record to be written as one JSON line, or the `Fault` that says what cannot be carried.
    `verbatim`: messages that are a role and a text are all carried, and each text stands once in the
    record as it is, in the order of the messages; all else in it does not depend on the texts.
    `takes` names what it carries elsewhere than under its own name: `rejected`, `label`, `tools`, `item`.
    Only where it takes the item, an example brings along the keys of its record that the layout has no use
    for.
    """

    name: str
    render: Callable[[Example], dict[str, Any] | Fault]
    verbatim: bool = False
    takes: frozenset[str] = frozenset()
    room: Room = field(default_factory=Room)
