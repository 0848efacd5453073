"""Turns batches of records into lines of a target. Every row that comes in goes out somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from ftdata.catalog.target_catalog import load_target
from ftdata.layouts.assistant_turn import WEIGHT_KEYS
from ftdata.layouts.registry import layout_named
from ftdata.model import (
    Batch,
    ConvertPlan,
    Example,
    Fault,
    Layout,
    LayoutOptions,
    LossCount,
    LossTally,
    TableRows,
)
from ftdata.operators.plain_turns import PlainTurns, plain_turns
from ftdata.operators.writing import to_json
from ftdata.readers.json_line import UNPARSED, kind_of, parse_line
from ftdata.renderers.fitting import fit, room_at
from ftdata.renderers.registry import renderer_named
from ftdata.rules.messages import message_of
from ftdata.rules.registry import rule_named


@dataclass
class Converted:
    """The result of some rows, in order. `rows_read` is the sum of the other three counts.

    `lines` and `rejects` are JSON texts without line ends. `not_carried` counts the keys of records
    that the target's lines do not hold; `losses` all that was lost of the rows that were written; `reasons`
    the rejected rows by code.
    """

    rows_read: int = 0
    rejected: int = 0
    dropped: int = 0
    lines: list[bytes] = field(default_factory=list)
    rejects: list[bytes] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    not_carried: Counter[str] = field(default_factory=Counter)
    losses: LossTally = field(default_factory=LossTally)
    notes: Counter[str] = field(default_factory=Counter)  # faults beside the rows, by code


#: What a key of a turn that no reader takes is called as a loss.
_LOSS_OF_KEY = {"audio": "audio-dropped", **dict.fromkeys(WEIGHT_KEYS, "weight-dropped")}

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
        self._unread: list[str] = []  # of the record at hand
        self.options = replace(options_of(plan), unread=self._unread)
        self.layout = layout_named(plan.layout or "")
        target = load_target(plan.target)
        self.renderer = renderer_named(target.renderer)
        self.room = room_at(self.renderer.room, target)
        self.refuses_losses = plan.on_loss == "fail"
        self._to_example: Callable[[Any, LayoutOptions], Example | Fault] = _no_text
        self._uses: Callable[[Any, LayoutOptions], frozenset[str]] = lambda *_: frozenset()
        self._plain_turns: Callable[[tuple[str, ...]], PlainTurns | None] = lambda _: None
        if isinstance(self.layout, Layout):
            self._to_example, self._uses = self.layout.to_example, self.layout.uses
            self._plain_turns = lru_cache(maxsize=16)(
                partial(plain_turns, self.layout, self.options, self.renderer)
            )

    def convert(self, batch: Batch) -> Converted:
        """Converts the lines or rows of a batch."""
        result = Converted()
        written, uncertain = self._certain(batch, result)
        result.rows_read = len(written)
        lines = iter(written)
        behind = 0
        for position in uncertain:
            result.lines += islice(lines, position - behind)
            self._convert_item(result, batch, position)
            behind = position + 1
        result.lines += lines
        return result

    def _certain(self, batch: Batch, result: Converted) -> tuple[list[bytes], Sequence[int]]:
        """The lines of the rows that need no closer look, and the positions of all other items.

        What the columns of a table alone say is lost of these rows is counted.
        """
        items = batch.items
        plain = self._plain_turns(items.columns) if isinstance(items, TableRows) else None
        if plain is None or not isinstance(items, TableRows):
            return [], range(len(items))
        keys = items.columns
        carried = self._uses(dict.fromkeys(keys), self.options)
        left = [key for key in keys if key not in carried]
        if left and self.refuses_losses:
            return [], range(len(items))
        lines, uncertain = plain.lines(items.cells)
        if left and lines:
            closer = frozenset(uncertain)
            first = next(at for at in range(len(items)) if at not in closer)
            result.not_carried.update(dict.fromkeys(left, len(lines)))
            count = LossCount(
                len(lines), len(lines) * len(left), batch.source, batch.numbers[first]
            )
            result.losses.add(LossTally({"key-dropped": count}))
        return lines, uncertain

    def _convert_item(self, result: Converted, batch: Batch, position: int) -> None:
        number, item = batch.numbers[position], batch.items[position]
        record: Any = item
        if type(item) is bytes:
            unterminated = batch.unterminated and position == len(batch.items) - 1
            record, faults = parse_line(item, unterminated=unterminated)
            if record is UNPARSED or faults:
                self._refuse(result, batch.source, number, faults[0], item)
                return
        elif isinstance(item, Fault):
            self._refuse(result, batch.source, number, item, item.original)
            return
        self._unread.clear()
        example = self._to_example(record, self.options)
        if isinstance(example, Fault):
            self._refuse(result, batch.source, number, example, record)
            return
        left: Sequence[str] = ()
        if isinstance(record, dict):
            carried = self._uses(record, self.options)
            if len(carried) < len(record):
                if "item" in self.renderer.takes:
                    example = _with_item(example, record, carried)
                else:
                    left = [key for key in record if key not in carried and record[key] is not None]
        self._render(result, batch.source, number, example, record, left=left)

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
        self,
        result: Converted,
        source: str,
        number: int,
        example: Example,
        original: Any,
        *,
        left: Sequence[str] = (),
    ) -> None:
        """Writes an example. `left` are the keys of the record that it does not hold."""
        losses = ["key-dropped"] * len(left)
        if self._unread:
            unread, self._unread[:] = [*self._unread], []
            losses += [_LOSS_OF_KEY.get(key, "turn-key-dropped") for key in unread]
            left = [*left, *(f"{key} of a turn" for key in sorted({*unread}))]
        fitted = fit(example, self.room, losses)
        line = fitted if isinstance(fitted, Fault) else self.renderer.render(fitted)
        if not isinstance(line, Fault) and losses and self.refuses_losses:
            line = _lossy(losses, left)
        if isinstance(line, Fault):
            self._refuse(result, source, number, line, original)
            return
        if losses:
            result.losses.count_row(losses, source=source, row=number)
            result.not_carried.update(left)
        result.rows_read += 1
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


def _with_item(example: Example, record: dict[str, Any], carried: frozenset[str]) -> Example:
    """The example with all keys of its record that it does not carry, if there are any."""
    item = {key: value for key, value in record.items() if key not in carried}
    return {**example, "item": item} if item else example


def _lossy(losses: Sequence[str], left: Sequence[str]) -> Fault:
    """The fault of a row of which something would be lost, where that was not to happen."""
    found = [name for name in sorted({*losses}) if name != "key-dropped"]
    return Fault("lossy-row", {"losses": [*found, *(f"the key {key!r}" for key in left)]})


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
