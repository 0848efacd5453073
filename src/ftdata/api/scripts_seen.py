"""Which kinds of text the first rows of some data have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ftdata.api.inputs import sources_in
from ftdata.model import Fault, ReadOptions, script_of
from ftdata.readers.json_line import UNPARSED, parse_line
from ftdata.readers.registry import reader_named
from ftdata.storage.places import is_pipe
from ftdata.tokens.counter import counter

_SOURCES = 16
_ROWS = 256  # of a source
_MOST_CHARACTERS = 20_000  # of a row


def scripts_seen(data: Any, reading: ReadOptions, *, encoding: str) -> Mapping[str, int]:
    """Gives the tokens of the first rows of the first sources, by the kind of text (see `model.SCRIPTS`).

    Empty where the data can be read only once: a pipe, or an iterator.
    """
    count = counter(encoding)
    tokens: Counter[str] = Counter()
    for record in _first_records(data, reading):
        text = "\n".join(_texts(record))[:_MOST_CHARACTERS]
        tokens[script_of(text)] += count(text)
    return dict(sorted(tokens.items()))


def _first_records(data: Any, reading: ReadOptions) -> Iterator[Any]:
    sources = sources_in(data, reading)
    if sources is None:
        if isinstance(data, Sequence):
            yield from islice(data, _ROWS)
        return
    for source in sources[:_SOURCES]:
        if not is_pipe(source.path):
            batches = reader_named(source.container).read(source, reading)
            items = (item for batch in batches for item in batch.items)
            yield from map(_record, islice(items, _ROWS))


def _record(item: object) -> object:
    if isinstance(item, bytes):
        record, _ = parse_line(item)
        return None if record is UNPARSED else record
    return None if isinstance(item, Fault) else item


def _texts(value: Any) -> Iterator[str]:
    """The strings in a record, its keys left aside."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, Iterable) and not isinstance(one, bytes):
            waiting.extend(one)
