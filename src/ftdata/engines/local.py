"""Runs the operators in this process, one batch at a time: memory does not grow with the data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Generic, TypeVar

from ftdata.engines.layout_choice import choose_layout
from ftdata.engines.quota import Quota
from ftdata.errors import UsageError
from ftdata.model import (
    Batch,
    ConvertPlan,
    Example,
    Fault,
    Matrix,
    ReadOptions,
    Report,
    Source,
    TextLayout,
    Unit,
    ValidatePlan,
)
from ftdata.operators.converting import Converted, conversion_of
from ftdata.operators.judging import Judge, judge_of
from ftdata.operators.watching import batch_bytes
from ftdata.readers.registry import reader_named
from ftdata.rules.registry import rule_named
from ftdata.storage.places import byte_count_of
from ftdata.tokens.counter import counter

#: Told after each batch: the source, and how many of its bytes the batch covered.
Progress = Callable[[Source, int], None]

_PIECES_A_BATCH = 256
_HEAD_BATCHES = 16  # looked at before a layout is given up


def judge_sources(
    plan: ValidatePlan,
    sources: Sequence[Source],
    options: ReadOptions,
    *,
    progress: Progress | None = None,
) -> Report:
    """Judges all sources. One pass, constant memory."""
    report = Report(keep=plan.keep)
    for source in sources:
        _judge_into(report, plan, Unit(source), options, progress)
    return report


_Sum = TypeVar("_Sum", Report, Matrix)


@dataclass(frozen=True)
class JudgedUnit(Generic[_Sum]):
    """What was found in a unit, with line numbers that are counted from its own first line."""

    report: _Sum
    line_count: int
    byte_count: int = 0  # of its lines, where it is asked for
    ends_source: bool = False  # nothing behind this unit counts


def judge_unit(plan: ValidatePlan, options: ReadOptions, unit: Unit) -> JudgedUnit[Report]:
    """Judges one unit of a source."""
    report = Report(keep=plan.keep)
    line_count, byte_count, ends_source = _judge_into(report, plan, unit, options, None)
    return JudgedUnit(report, line_count, byte_count, ends_source)


def _judge_into(
    report: Report,
    plan: ValidatePlan,
    unit: Unit,
    options: ReadOptions,
    progress: Progress | None,
) -> tuple[int, int, bool]:
    """Gives the number of the last line, the bytes of all lines, and whether the source ends with them."""
    judge = judge_of(plan)
    source = unit.source
    faults = file_faults(judge, source) if unit.start == 0 else []
    if faults:
        batch = Batch(source.name, [1] * len(faults), [*faults])
        judge.judge(batch, report, source_index=source.index)
    if is_refused(judge, source) and source.container != "json":
        return 0, 0, True
    # JSON in another form than lines: the reader of lines says in which.
    container = "jsonl" if is_refused(judge, source) else source.container
    line_count = byte_count = 0
    ends_source = False
    has_lines = judge.watches and container == "jsonl"  # all of an array counts as its first bytes
    for batch in watched(read_unit(unit, options, container=container), source, progress):
        judge.judge(batch, report, source_index=source.index, bytes_before=byte_count)
        line_count = batch.last_number
        byte_count += batch_bytes(batch) if has_lines else 0
        ends_source = batch.ends_source
    return line_count, byte_count, ends_source


def read_unit(unit: Unit, options: ReadOptions, *, container: str | None = None) -> Iterator[Batch]:
    """The batches of a unit. `container`: read it as this."""
    reader = reader_named(container or unit.source.container)
    if unit.is_whole or reader.read_unit is None:
        return reader.read(unit.source, options)
    return reader.read_unit(unit, options)


def is_refused(judge: Judge, source: Source) -> bool:
    """True where the target takes nothing in this container; else its rows are looked at all the same."""
    limits = judge.limits
    return (
        limits.containers is not None
        and source.container not in limits.containers
        and limits.severity_of("containers", "error") == "error"
    )


def watched(batches: Iterator[Batch], source: Source, progress: Progress | None) -> Iterator[Batch]:
    """The same batches; after each, `progress` is told."""
    for batch in batches:
        yield batch
        if progress is not None:
            progress(source, batch.byte_count)


def judge_batches(plan: ValidatePlan, batches: Iterator[Batch]) -> Report:
    """Judges rows that are already in memory."""
    judge = judge_of(plan)
    report = Report(keep=plan.keep)
    for batch in batches:
        judge.judge(batch, report)
    return report


def file_faults(judge: Judge, source: Source) -> list[Fault]:
    """What the target has against the file as a whole: its container and its size."""
    limits = judge.limits
    faults: list[Fault] = []
    allowed = limits.containers
    refused_json = source.container == "json" and is_refused(judge, source)
    if allowed is not None and source.container not in allowed and not refused_json:
        found = {"found": source.container, "allowed": sorted(allowed)}
        faults.append(Fault("wrong-container", found, is_row=False))
    if limits.max_file_bytes is not None and source.path != "-":
        byte_count = byte_count_of(source.path)
        if byte_count > limits.max_file_bytes:
            too_large = {"byte_count": byte_count, "limit": limits.max_file_bytes}
            faults.append(Fault("file-too-large", too_large, is_row=False))
    return faults


def convert_source(
    plan: ConvertPlan,
    source: Source,
    options: ReadOptions,
    quota: Quota,
    *,
    progress: Progress | None = None,
) -> tuple[str | None, Iterator[Converted]]:
    """Chooses the layout of a source (unless the plan names one) and gives its converted batches.

    Raises UndecidedLayout if the layout cannot be told from the first records.
    """
    reader = reader_named(source.container)
    batches = watched(reader.read(source, options), source, progress)
    return convert_batches(plan, batches, source.name, quota, kind=reader.kind)


def convert_batches(
    plan: ConvertPlan, batches: Iterator[Batch], name: str, quota: Quota, *, kind: str = "rows"
) -> tuple[str | None, Iterator[Converted]]:
    """The same for batches of any origin."""
    head = head_of(batches)
    layout = choose_layout(plan, name, kind, head)
    plan = replace(plan, layout=layout or "chat")  # where there are only faults, any does
    everything = chain(head, batches)
    if kind == "text" and layout is not None:
        parts = _convert_text(plan, name, everything, quota)
    else:
        conversion = conversion_of(plan)
        parts = (conversion.convert(batch) for batch in quota.of_batches(everything))
    return layout, _carried(parts, name, plan.target)


def head_of(batches: Iterator[Batch]) -> list[Batch]:
    """The first batches, up to and with the first that holds more than faults."""
    head: list[Batch] = []
    for batch in batches:
        head.append(batch)
        if len(head) == _HEAD_BATCHES or not all(isinstance(item, Fault) for item in batch.items):
            break
    return head


def _carried(parts: Iterator[Converted], name: str, target: str) -> Iterator[Converted]:
    """Passes everything on, unless the target cannot carry this kind of data at all."""
    first = next(parts, None)
    if first is None:
        return
    check_carried(first, name, target)
    yield first
    yield from parts


def check_carried(first: Converted, name: str, target: str) -> None:
    """Raises UsageError if none of the first rows can be carried: the call is wrong, not the rows."""
    if first.rows_read and first.reasons == {
        rule_named("not-carried-by-target").code: first.rows_read
    }:
        reason = json.loads(first.rejects[0])["message"]
        raise UsageError(f"{name}: nothing can be written for {target}: {reason}")


def _convert_text(
    plan: ConvertPlan, name: str, batches: Iterator[Batch], quota: Quota
) -> Iterator[Converted]:
    conversion = conversion_of(plan)
    layout = conversion.layout
    if not isinstance(layout, TextLayout):
        raise UsageError(f"{name} holds text, and {layout.name} is a layout of records")
    unread: list[tuple[int, Example | Fault]] = []

    def lines() -> Iterator[tuple[int, str]]:
        for batch in batches:
            for number, item in zip(batch.numbers, batch.items, strict=True):
                if isinstance(item, str):
                    yield number, item
                elif isinstance(item, Fault):
                    unread.append((number, item))

    # The counter is only loaded by the layouts that cut by tokens.
    cut = layout.split(lines(), conversion.options, lambda text: counter(plan.encoding)(text))
    pieces = quota.of_pieces(cut)
    while True:
        some = list(islice(pieces, _PIECES_A_BATCH))
        if unread:
            some = sorted([*some, *unread], key=lambda piece: piece[0])
            unread.clear()
        if not some:
            return
        yield conversion.finish(name, some)
