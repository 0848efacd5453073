"""Judges batches of lines or rows against a target: the heart of `validate` and `estimate`.

A good line is certified (see `certifying`) and not looked at any further. What is not certain is parsed,
judged by the compiled schema and by the flags of the rules; only what these refuse takes the explaining
path, which locates every fault.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import orjson

from ftdata.catalog.model_catalog import load_model
from ftdata.catalog.target_catalog import limits_of, load_target
from ftdata.model import (
    Batch,
    Facts,
    Fault,
    Found,
    Report,
    Rule,
    ValidatePlan,
    facts_of,
    turns_of,
)
from ftdata.operators.adding import Adder
from ftdata.operators.certifying import CLEAN, EXACT, FITS, UNKNOWN, Certifier, Standing
from ftdata.operators.plain_counting import PlainCounting
from ftdata.operators.reserved import hint_of, without_hints
from ftdata.operators.tool_parts import tools_flagged_by
from ftdata.operators.watching import Watching
from ftdata.operators.writing import to_json
from ftdata.readers.json_line import UNPARSED, kind_of, parse_line
from ftdata.rules.registry import all_rules, rule_named, selected
from ftdata.rules.shape.acceptor import acceptor_of
from ftdata.rules.shape.schema_check import schema_check
from ftdata.tokens.certain_line import line_tokens
from ftdata.tokens.counter import counter
from ftdata.tokens.forecast import forecast, needs_counting
from ftdata.tokens.framing import RowTokens, row_tokens
from ftdata.tokens.tally import tally_row
from ftdata.tokens.turns import Count

#: Keys of a turn whose value has one finding at most: the shape's, if it has one.
_SAID_ONCE = ("/role", "/content")


@lru_cache(maxsize=32)
def judge_of(plan: ValidatePlan) -> Judge:
    """Compiles a plan, once in each process.

    Raises UnknownName for a target, model or code that does not exist.
    """
    return Judge(plan)


class Judge:
    """A compiled plan: the target's limits, its schema, and the rules that apply to it."""

    def __init__(self, plan: ValidatePlan) -> None:
        self.plan = plan
        self.target = load_target(plan.target)
        self.model = load_model(plan.model, vendor=self.target.vendor) if plan.model else None
        self.limits = limits_of(
            self.target, self.model, max_tokens=plan.max_tokens, encoding=plan.encoding
        )
        self.schema = schema_check(self.target.schema)
        self.codes = selected(plan.select, plan.ignore)
        self.turn_rules = [
            rule for rule in all_rules() if rule.flags is not None and self.applies(rule)
        ]
        self._text_rules = [
            rule
            for rule in all_rules()
            if rule.locate is not None and rule.flags is None and self.applies(rule)
        ]
        self._hint = hint_of(self.limits.reserved_strings or ()) if self._text_rules else None
        self._token_rules = {
            name
            for name in ("over-token-limit", "answer-truncated", "nothing-left-to-train")
            if self.applies(rule_named(name))
        }
        self.token_limit = (
            self.limits.max_tokens if self.limits.encoding and self._token_rules else None
        )
        self.watches = self.limits.arrow_loader is not None and any(
            rule.fact == "arrow_loader" and self.applies(rule) for rule in all_rules()
        )
        self.certifier = self._make_certifier()
        self._watching = Watching(self.certifier.forget if self.certifier else None)
        self._plain_counting = (
            PlainCounting(plan.counts, self.certifier.roles)
            if plan.counts and self.certifier is not None
            else None
        )

    def _make_certifier(self) -> Certifier | None:
        """None for a schema that types cannot express."""
        acceptor = acceptor_of(self.target.schema)
        if acceptor is None:
            return None
        caps = [cap for _, cap in self.plan.counts]
        ends = (self.token_limit, self.limits.max_message_characters, *caps)
        longest = min((end for end in ends if end is not None), default=sys.maxsize)

        if self.target.turns is not None and self.target.turns.moves:
            longest = -1  # turns are not where the certifier looks: no line is clean for certain

        def flagged(roles: tuple[str, ...], trained: int) -> bool:
            facts = Facts(
                turns=turns_of(roles),
                trained=trained,
                empty_assistant=False,
                empty_other=False,
                longest_content=longest,
                tool_parts=False,
            )
            return any(rule.flags(facts, self.limits) for rule in self.turn_rules)  # type: ignore[misc]

        return Certifier(
            acceptor,
            flagged,
            longest,
            only_texts=bool(self.plan.counts),
            tools_flagged=tools_flagged_by(self.turn_rules, self.limits),
        )

    def load(self) -> None:
        """Loads the vocabularies that every row will need; else the first one loads them."""
        for encoding, _ in self.plan.counts:
            counter(encoding)

    def applies(self, rule: Rule) -> bool:
        """True where the target has the fact that the rule enforces, and the user wants it."""
        return rule.code in self.codes and (rule.fact is None or rule.fact in self.limits.facts)

    def judge(
        self, batch: Batch, report: Report, *, source_index: int = 0, bytes_before: int = 0
    ) -> None:
        """Adds what is found in a batch to a report.

        `bytes_before`: of the lines before it in its source or unit, for what is decided by the first lines.
        """
        add = Adder(self.plan, self.limits, self.applies, report, batch.source, source_index)
        clean: list[int] = []
        if self.watches:
            self._watching.begin(report.kinds)
        uncertain = self._uncertain(batch, report, clean)
        if self.watches:
            positions = sorted([*clean, *(position for position, _ in uncertain)])
            self._watching.watch(batch, positions, source_index, bytes_before)
        report.records += len(batch.items) - len(uncertain)
        for position, standing in uncertain:
            item = batch.items[position]
            add.line = batch.numbers[position]
            if type(item) is bytes:
                unterminated = batch.unterminated and position == len(batch.items) - 1
                self._judge_line(item, standing, add, unterminated=unterminated)
            elif isinstance(item, Fault):
                add.fault(item)
                add.close_record(is_row=item.is_row)
            else:
                self._judge_record(item, None, (), add)

    def _uncertain(
        self, batch: Batch, report: Report, clean: list[int]
    ) -> Sequence[tuple[int, Standing]]:
        """The positions of all items but the lines that are certainly clean, and counted if need be."""
        if self.certifier is None:
            return [(position, UNKNOWN) for position in range(len(batch.items))]
        items = batch.items if self._hint is None else without_hints(batch.items, self._hint)
        if self._plain_counting is None:
            return self.certifier.uncertain(items, clean=clean)
        plain: list[list[Any]] = []
        uncertain = self.certifier.uncertain(items, plain)
        if plain:
            self._plain_counting.add(plain, report)
        return uncertain

    def _judge_line(
        self, line: bytes, standing: Standing, add: Adder, *, unterminated: bool
    ) -> None:
        if standing is CLEAN:
            self._tally(add.report, lambda count: line_tokens(line, count))
            add.close_record()
        elif standing is EXACT:
            self._judge_record(orjson.loads(line), len(line), (), add, fits=True)
        else:
            record, faults = parse_line(line, unterminated=unterminated)
            self._judge_record(record, len(line), faults, add, fits=standing is FITS)

    def _judge_record(
        self, record: Any, byte_count: int | None, faults: Any, add: Adder, *, fits: bool = False
    ) -> None:
        for fault in faults:
            add.fault(fault)
        if record is not UNPARSED:
            if isinstance(record, dict):
                self._judge_example(record, byte_count, add, fits=fits)
            else:
                add.fault(Fault("not-an-object", {"found": kind_of(record)}))
        add.close_record()

    def _judge_example(
        self, record: dict[str, Any], byte_count: int | None, add: Adder, *, fits: bool
    ) -> None:
        told: set[str] = set()
        if not fits and not self.schema.is_valid(record):
            for rule, found in self.schema.explain(record):
                add.finding(rule, found)
                if self.applies(rule):
                    told.add(found.pointer)
        view = self.target.turns
        chat = record if view is None else view.chat_of(record)
        self._judge_turns(chat, add, told)
        for rule in self._text_rules:
            for found in rule.locate(record, self.limits):  # type: ignore[misc]
                add.finding(rule, found)
        if not add.record_has_error:
            self._count(record if chat is None else chat, byte_count, add)

    def _judge_turns(self, chat: dict[str, Any] | None, add: Adder, told: set[str]) -> None:
        """Adds what is wrong with the turns, but of a role or content that `told` names already."""
        facts = facts_of(chat)
        if chat is None or facts is None:
            return
        limits = self.limits
        for rule in self.turn_rules:
            if rule.flags(facts, limits):  # type: ignore[misc]
                for found in rule.locate(chat, limits):  # type: ignore[misc]
                    placed = self._in_record(found)
                    if placed.pointer not in told or not found.pointer.endswith(_SAID_ONCE):
                        add.finding(rule, placed)

    def _in_record(self, found: Found) -> Found:
        view = self.target.turns
        return found if view is None else replace(found, pointer=view.pointer_to(found.pointer))

    def _count(self, record: dict[str, Any], byte_count: int | None, add: Adder) -> None:
        limit = self.token_limit
        if limit is not None and needs_counting(
            len(to_json(record)) if byte_count is None else byte_count, limit
        ):
            count = counter(self.limits.encoding or "")
            for rule, found in self._over_limit(record, count, limit):
                add.finding(rule, self._in_record(found))
        whole = record if self.target.turns is None else self.target.turns.whole(record)
        self._tally(add.report, lambda count: row_tokens(whole, count))

    def _tally(self, report: Report, tokens_by: Callable[[Count], RowTokens]) -> None:
        counted: dict[str, RowTokens] = {}
        for encoding, cap in self.plan.counts:
            row = counted.get(encoding)
            if row is None:
                row = counted[encoding] = tokens_by(counter(encoding))
            tally = report.tokens.setdefault(f"{encoding}:{cap or ''}", Counter())
            tally_row(tally, row, cap)

    def _over_limit(
        self, record: dict[str, Any], count: Callable[[str], int], limit: int
    ) -> Iterator[tuple[Rule, Found]]:
        view = self.target.turns
        parts = [record] if view is None else view.conversations(record)
        cuts = ((number, forecast(part, count, limit)) for number, part in enumerate(parts))
        number, cut = next(((at, cut) for at, cut in cuts if cut is not None), (0, None))
        if cut is None:
            return
        params: dict[str, object] = {"tokens": cut.tokens, "limit": limit}
        pointer = ""
        if self.limits.over_max_tokens != "truncate":
            name = "over-token-limit"
        elif cut.surviving == 0:
            name = "nothing-left-to-train"
        else:
            name = "answer-truncated"
            params |= {"message": cut.message_index, "lost": cut.lost}
            pointer = _place(record, cut.message_index, number)
        if name in self._token_rules:
            yield rule_named(name), Found(pointer, params)


def _place(record: dict[str, Any], index: int | None, answer: int) -> str:
    """A pointer to a turn of a chat, or to the answer that it belongs to."""
    if index is None:
        return ""
    is_answer = index >= len(record["messages"])
    return f"/answers/{answer}" if is_answer else f"/messages/{index}"
