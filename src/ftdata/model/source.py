"""Where data comes from, and the numbered pieces it is handed around in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ftdata.model.unit import Unit

#: What the items of a batch are: raw JSON bytes, table rows, or lines of a document.
ItemKind = Literal["lines", "rows", "text"]


@dataclass(frozen=True)
class ReadOptions:
    """How to read a source where it does not say so itself. All fields can stay as they are."""

    container: str | None = None  # a reader's name; None: by suffix and content
    encoding: str | None = None  # of CSV and text; None: detected
    delimiter: str | None = None  # of CSV; None: detected
    header: bool | None = None  # whether the first CSV row names the columns; None: detected
    quoting: bool | None = None  # whether CSV quotes are quotes; None: detected
    sheet: str | None = None  # of a workbook; None: the first
    max_line_bytes: int = 32 * 1024 * 1024  # a longer line is a fault, not read


@dataclass(frozen=True)
class Source:
    """One file or stream: its name as shown to the user, where it is, and what it holds."""

    name: str
    path: str  # a local path, a URI, or "-" for standard input
    container: str  # name of the reader: jsonl, json, csv, parquet, arrow, excel, text
    compression: Literal["gz", "zst", "bz2"] | None = None
    index: int = 0  # place among the sources of this run; findings sort by it


@dataclass(frozen=True)
class Fault:
    """Something wrong with a row before it is an example, by the name of the rule that explains it.

    `params` fill the rule's message. `original` is what was read, for the rejects file. A fault with
    `is_row` False (a BOM, a blank line, a note on the file) stands beside the rows, not in place of one.
    """

    name: str
    params: Mapping[str, object] = field(default_factory=dict)
    pointer: str = ""
    original: object = None
    is_row: bool = True


@dataclass(frozen=True)
class Batch:
    """Some numbered items of one source, in order.

    `numbers[i]` is the 1-based line where item i starts (for Parquet, Arrow, Excel and in-memory rows:
    the row number; for a JSON array: the line on which the element starts). Items are bytes (kind
    "lines": one JSON text without its line end), dicts (kind "rows") or strings (kind "text"), or a
    `Fault` where something stands that could not be read as one. Blank lines and lines that are too long
    are items too: a batch of lines holds every line. The rows of a table of text may be `TableRows`.
    """

    source: str
    numbers: list[int]
    items: Sequence[bytes | dict[str, object] | str | Fault]
    byte_count: int = 0  # bytes of the source that this batch covers, for progress
    unterminated: bool = False  # the last item is a line without its newline
    ends_source: bool = False  # a fault ends the source here; nothing behind it counts
    rows_lost: int = 0  # behind the last item, which could not be read but are known to be there

    @property
    def last_number(self) -> int:
        """The number of the last line or row that this batch accounts for."""
        return self.numbers[-1] + self.rows_lost


@dataclass(frozen=True)
class Reader:
    """A container ftdata can read. One module in `readers/` each, found by its `READER`."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    kind: ItemKind
    read: Callable[[Source, ReadOptions], Iterator[Batch]]
    #: Says what the reader decided by itself (encoding, delimiter, header), for the user to check.
    describe: Callable[[Source, ReadOptions], str | None] | None = None
    #: Reads what begins in a part of a plain file, for containers that can be read from other places
    #: than their start: lines from any byte, row groups of Parquet.
    read_unit: Callable[[Unit, ReadOptions], Iterator[Batch]] | None = None
