"""Turns batches of records into lines of a target. Every row that comes in goes out somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ftdata.catalog.target_catalog import load_target
from ftdata.layouts.registry import layout_named
from ftdata.model import Batch, ConvertPlan, Example, Fault, Layout, LayoutOptions
from ftdata.operators.writing import to_json
from ftdata.readers.json_line import UNPARSED, kind_of, parse_line
from ftdata.renderers.registry import renderer_named
from ftdata.rules.messages import message_of
from ftdata.rules.registry import rule_named


@dataclass
class Converted:
    """The result of some rows, in order. `rows_read` is the sum of the other three counts.

    `lines` and `rejects` are JSON texts without line ends. `not_carried` counts the keys of records
    that the target's lines do not hold; `reasons` the rejected rows by code.
    """

    rows_read: int = 0
    rejected: int = 0
    dropped: int = 0
    lines: list[bytes] = field(default_factory=list)
    rejects: list[bytes] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    not_carried: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)  # faults beside the rows, by code


#: Parts of an example that not every target has a place for.
_OPTIONAL = ("rejected", "label", "tools", "functions")

_ROW_KEY = b'"row":'


@lru_cache(maxsize=32)
def conversion_of(plan: ConvertPlan) -> Conversion:
    """Compiles a plan, once in each process."""
    return Conversion(plan)


def options_of(plan: ConvertPlan) -> LayoutOptions:
    """The layout's part of a plan."""
    return LayoutOptions(
        columns=dict(plan.columns),
        user=plan.user,
        assistant=plan.assistant,
        system=plan.system,
        instruction=plan.instruction,
        on_empty=plan.on_empty,  # type: ignore[arg-type]
        roles=dict(plan.roles),
        chunk_tokens=plan.chunk_tokens,
        max_turns=plan.max_turns,
    )


class Conversion:
    """A compiled plan: a layout, its options and a renderer."""

    def __init__(self, plan: ConvertPlan) -> None:
        self.options = options_of(plan)
        self.layout = layout_named(plan.layout or "")
        self.renderer = renderer_named(load_target(plan.target).renderer)
        self._to_example: Callable[[Any, LayoutOptions], Example | Fault] = _no_text
        self._uses: Callable[[Any, LayoutOptions], frozenset[str]] = lambda *_: frozenset()
        if isinstance(self.layout, Layout):
            self._to_example, self._uses = self.layout.to_example, self.layout.uses

    def convert(self, batch: Batch) -> Converted:
        """Converts the lines or rows of a batch."""
        result = Converted()
        to_example, uses, options = self._to_example, self._uses, self.options
        kinds: Counter[tuple[tuple[str, ...], frozenset[str]]] = Counter()  # keys, those carried
        last = len(batch.items) - 1
        for position, (number, item) in enumerate(zip(batch.numbers, batch.items, strict=True)):
            record: Any = item
            if type(item) is bytes:
                unterminated = batch.unterminated and position == last
                record, faults = parse_line(item, unterminated=unterminated)
                if record is UNPARSED or faults:
                    self._refuse(result, batch.source, number, faults[0], item)
                    continue
            elif isinstance(item, Fault):
                self._refuse(result, batch.source, number, item, item.original)
                continue
            example = to_example(record, options)
            if isinstance(example, Fault):
                self._refuse(result, batch.source, number, example, record)
                continue
            if isinstance(record, dict):
                kinds[tuple(record), uses(record, options)] += 1
            self._render(result, batch.source, number, example, record)
        for (keys, carried), count in kinds.items():
            for key in keys:
                if key not in carried:
                    result.not_carried[key] += count
        return result

    def finish(self, source: str, pieces: Iterable[tuple[int, Example | Fault]]) -> Converted:
        """Renders what a text layout cut out of a document."""
        result = Converted()
        for number, piece in pieces:
            if isinstance(piece, Fault):
                self._refuse(result, source, number, piece, piece.original)
            else:
                self._render(result, source, number, piece, piece)
        return result

    def _render(
        self, result: Converted, source: str, number: int, example: Example, original: Any
    ) -> None:
        line = self.renderer.render(example)
        if isinstance(line, Fault):
            self._refuse(result, source, number, line, original)
            return
        result.rows_read += 1
        if len(example) > 1:
            for key in _OPTIONAL:
                if key in example and key not in line:
                    result.not_carried[key] += 1
        result.lines.append(to_json(line))

    def _refuse(
        self, result: Converted, source: str, number: int, fault: Fault, original: Any
    ) -> None:
        rule = rule_named(fault.name)
        if not fault.is_row:
            result.notes[rule.code] += 1
            return
        result.rows_read += 1
        if fault.params.get("dropped"):
            result.dropped += 1
            return
        result.rejected += 1
        result.reasons[rule.code] += 1
        result.rejects.append(_reject_line(source, number, rule.code, fault, original))


def _no_text(record: Any, options: LayoutOptions) -> Fault:
    """What a record is to a layout of documents."""
    del options
    found = {"what": f"a record ({kind_of(record)}) where text is expected"}
    return Fault("not-carried-by-target", found)


def renumbered(reject: bytes, rows_before: int) -> bytes:
    """Moves the row of a line of rejects by the rows before the part of the source that it was read from."""
    # A quote within the name of the source is escaped: the first such key is the line's own.
    start = reject.index(_ROW_KEY) + len(_ROW_KEY)
    end = reject.index(b",", start)
    return b"%b%d%b" % (reject[:start], int(reject[start:end]) + rows_before, reject[end:])


def _reject_line(source: str, number: int, code: str, fault: Fault, original: Any) -> bytes:
    return to_json(
        {
            "source": source,
            "row": number,
            "code": code,
            "name": fault.name,
            "message": message_of(code, fault.params),
            "original": original,
        }
    )
