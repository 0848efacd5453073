"""Judges batches of lines or rows against a target: the heart of `validate` and `estimate`.

A good line is certified (see `certifying`) and not looked at any further. What is not certain is parsed,
judged by the compiled schema and by the flags of the rules; only what these refuse takes the explaining
path, which locates every fault.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

import orjson

from ftdata.catalog.model_catalog import load_model
from ftdata.catalog.target_catalog import limits_of, load_target
from ftdata.model import (
    RENDERED,
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
from ftdata.operators.cutting import TOKEN_RULES, cut_in
from ftdata.operators.plain_counting import PlainCounting
from ftdata.operators.reserved import hint_of, without_hints
from ftdata.operators.set_tallies import SetTallies
from ftdata.operators.templated import TemplatedRows
from ftdata.operators.tool_parts import tools_flagged_by
from ftdata.operators.turn_judging import TurnJudge
from ftdata.operators.watching import Watching
from ftdata.operators.writing import to_json
from ftdata.readers.json_line import UNPARSED, kind_of, parse_line
from ftdata.rules.registry import all_rules, rule_named, selected
from ftdata.rules.shape.acceptor import acceptor_of
from ftdata.rules.shape.schema_check import schema_check
from ftdata.tokens.certain_line import line_tokens
from ftdata.tokens.counter import counter
from ftdata.tokens.forecast import needs_counting
from ftdata.tokens.framing import RowTokens, row_tokens
from ftdata.tokens.tally import tally_length, tally_row
from ftdata.tokens.turns import Count


@lru_cache(maxsize=32)
def judge_of(plan: ValidatePlan) -> Judge:
    """Compiles a plan, once in each process.

    Raises UnknownName for a target, model or code that does not exist.
    """
    return Judge(plan)


class Judge:
    """A compiled plan: the target's limits, its schema, and the rules that apply to it."""

    def __init__(self, plan: ValidatePlan, *, counter_of: Callable[[str], Count] = counter) -> None:
        """`counter_of` gives what counts the tokens of a text, by encoding."""
        self.plan = plan
        self._counter_of = counter_of
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
        self.turn_judge = TurnJudge(self.turn_rules, self.limits, self.target.turns)
        self.text_rules = [
            rule
            for rule in all_rules()
            if rule.locate is not None and rule.flags is None and self.applies(rule)
        ]
        asked = {rule.fact for rule in self.text_rules}
        reserved = self.limits.reserved_strings if "reserved_strings" in asked else None
        self._hint = hint_of(reserved) if reserved else None
        self._filled = self.limits.texts_not_blank if "texts_not_blank" in asked else None
        limits_tokens = any(self.applies(rule_named(name)) for name in TOKEN_RULES)
        self.token_limit = (
            self.limits.max_tokens if self.limits.encoding and limits_tokens else None
        )
        self.tallies = SetTallies(self.limits, self.applies)
        moves = self.target.turns is not None and self.target.turns.moves
        #: Turns or verdicts lie where the certifier does not look.
        self.looks_elsewhere = moves or self.tallies.verdict is not None
        self.templated = TemplatedRows.of(plan, self.limits)
        self.watches = self.limits.arrow_loader is not None and any(
            rule.fact == "arrow_loader" and self.applies(rule) for rule in all_rules()
        )
        self._plain_counting = (
            PlainCounting(plan, self.certifier.roles)
            if plan.counts and self.certifier is not None
            else None
        )

    @cached_property
    def _watching(self) -> Watching:
        return Watching(self.certifier.forget if self.certifier else None)

    @cached_property
    def certifier(self) -> Certifier | None:
        """None for a schema that types cannot express."""
        acceptor = acceptor_of(self.target.schema)
        if acceptor is None:
            return None
        caps = [cap for _, cap in self.plan.counts]
        ends = (self.token_limit, self.limits.max_message_characters, *caps)
        longest = min((end for end in ends if end is not None), default=sys.maxsize)

        if self.looks_elsewhere or self.templated:
            longest = -1  # what is judged is not what the certifier looks at: no line is clean

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
            filled=self._filled or frozenset(),
            tools_flagged=tools_flagged_by(self.turn_rules, self.limits),
            images_judged=self.tallies.images
            or (self.limits.demands_of_images and any(rule.on_images for rule in self.turn_rules)),
        )

    def load(self) -> None:
        """Loads the vocabularies that every row will need; else the first one loads them."""
        for encoding in {encoding for encoding, _ in self.plan.counts} - {RENDERED}:
            counter(encoding)

    def applies(self, rule: Rule) -> bool:
        """True where the target has the fact that the rule enforces, and the user wants it."""
        return rule.code in self.codes and (rule.fact is None or rule.fact in self.limits.facts)

    def adder(self, report: Report, file: str, source_index: int) -> Adder:
        """Gives what adds findings in a file to a report."""
        return Adder(self.plan, self.limits, self.applies, report, file, source_index)

    def judge(
        self, batch: Batch, report: Report, *, source_index: int = 0, bytes_before: int = 0
    ) -> None:
        """Adds what is found in a batch to a report.

        `bytes_before`: of the lines before it in its source or unit, for what is decided by the first lines.
        """
        add = self.adder(report, batch.source, source_index)
        self.tallies.add_items(batch.items, report)
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
                self.judge_record(item, None, (), add)

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
            self.judge_record(orjson.loads(line), len(line), (), add, fits=True)
        else:
            record, faults = parse_line(line, unterminated=unterminated)
            self.judge_record(record, len(line), faults, add, fits=standing is FITS)

    def judge_record(
        self, record: Any, byte_count: int | None, faults: Any, add: Adder, *, fits: bool = False
    ) -> None:
        """Adds what is found in a parsed line or a row; `fits`: its schema takes it."""
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
        self._judge_turns(record, chat, add, told)
        for rule in self.text_rules:
            for found in rule.locate(record, self.limits):  # type: ignore[misc]
                if found.pointer not in told:
                    add.finding(rule, found)
        if not add.record_has_error:
            self.tallies.add_valid(record, add.report)
            self._count(record if chat is None else chat, byte_count, add)

    def _judge_turns(
        self, record: dict[str, Any], chat: dict[str, Any] | None, add: Adder, told: set[str]
    ) -> None:
        """Adds what is wrong with the turns, but not of what `told` names already."""
        facts = facts_of(chat)
        if chat is None or facts is None:
            return
        self.tallies.add_facts(facts, add.report)
        for rule, found, once in self.turn_judge.judge(record, chat, facts):
            if found.pointer not in told or not once:
                add.finding(rule, found)
        if self.templated is not None:
            for rule, found in self.templated.judge(chat):
                add.finding(rule, self._in_record(found, record))

    def _in_record(self, found: Found, record: Any) -> Found:
        view = self.target.turns
        return (
            found
            if view is None
            else replace(found, pointer=view.pointer_to(found.pointer, record))
        )

    def _count(self, record: dict[str, Any], byte_count: int | None, add: Adder) -> None:
        limit = self.token_limit
        if self.templated is not None and self.templated.counter is not None:
            for rule, found in self.templated.count(record, byte_count, add.report):
                add.finding(rule, self._in_record(found, record))
            return
        if limit is not None and needs_counting(
            len(to_json(record)) if byte_count is None else byte_count, limit
        ):
            count = self._counter_of(self.limits.encoding or "")
            for rule, found in cut_in(record, self.target.turns, self.limits, count):
                add.finding(rule, self._in_record(found, record))
        whole = record if self.target.turns is None else self.target.turns.whole(record)
        self._tally(add.report, lambda count: row_tokens(whole, count))

    def _tally(self, report: Report, tokens_by: Callable[[Count], RowTokens]) -> None:
        counted: dict[str, RowTokens] = {}
        for encoding, cap in self.plan.counts:
            row = counted.get(encoding)
            if row is None:
                row = counted[encoding] = tokens_by(counter(encoding))
                if self.plan.lengths:
                    lengths = report.tokens.setdefault(f"{encoding}:lengths", Counter())
                    tally_length(lengths, row.billed)
            tally = report.tokens.setdefault(f"{encoding}:{cap or ''}", Counter())
            tally_row(tally, row, cap)
