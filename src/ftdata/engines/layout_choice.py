"""Decides which layout a source has, from its first records or lines and the user's options."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ftdata.errors import UndecidedLayout, UnknownName
from ftdata.layouts.asked_columns import asked_columns
from ftdata.layouts.registry import detect, detect_text
from ftdata.model import Batch, ConvertPlan, Fault
from ftdata.operators.converting import options_of
from ftdata.readers.json_line import UNPARSED, kind_of, parse_line

_HEAD_RECORDS = 200
_RECORD_HINT = (
    "name a layout with --from, columns with --user and --assistant, "
    'or templates such as --user "{title}"'
)
_TEXT_HINT = (
    "name a layout with --from (qa-pairs, transcript, sections, chunks), map speakers with "
    "--speaker NAME=assistant, or cut the text with --chunk-tokens N"
)


def choose_layout(plan: ConvertPlan, source: str, kind: str, head: Sequence[Batch]) -> str | None:
    """Gives the name of the layout, or None where there is nothing to lay out.

    Raises UndecidedLayout, naming the keys found and the options that would decide it, and UnknownName for
    a column that is asked for and not there.
    """
    if kind == "text":
        return plan.layout or _choose_for_text(plan, source, head)
    records = _records(head)
    if not records:
        return plan.layout
    _check_columns(plan, source, records)
    if plan.layout is not None:
        return plan.layout
    if plan.user is not None or plan.assistant is not None:
        return "columns"
    names = detect(records)
    if not names:
        raise UndecidedLayout(source, _keys(records), _RECORD_HINT)
    return names[0]


def _check_columns(plan: ConvertPlan, source: str, records: Sequence[object]) -> None:
    """Raises UnknownName for a column that none of the first records has."""
    keys = _keys(records)
    for column in asked_columns(options_of(plan)):
        if column not in keys:
            raise UnknownName(f"column of {source}", column, keys)


def _choose_for_text(plan: ConvertPlan, source: str, head: Sequence[Batch]) -> str | None:
    if plan.chunk_tokens is not None:
        return "chunks"
    lines = [item for batch in head for item in batch.items if isinstance(item, str)]
    if not lines:
        return None
    if plan.roles:
        return "transcript"
    names = detect_text(lines[:_HEAD_RECORDS])
    if not names:
        raise UndecidedLayout(source, ["plain text"], _TEXT_HINT)
    return names[0]


def _records(head: Sequence[Batch]) -> list[object]:
    records: list[object] = []
    for batch in head:
        for item in batch.items:
            if len(records) == _HEAD_RECORDS:
                return records
            if isinstance(item, bytes):
                record, _ = parse_line(item)
                if record is not UNPARSED:
                    records.append(record)
            elif not isinstance(item, Fault):
                records.append(item)
    return records


def _keys(records: Iterable[object]) -> list[str]:
    keys: dict[str, None] = {}
    for record in records:
        if isinstance(record, dict):
            keys.update(dict.fromkeys(record))
        else:
            keys[f"a JSON {kind_of(record)}"] = None
    return list(keys)
