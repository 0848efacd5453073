"""Judges and counts rows by the chat template that a trainer will render them with.

What the template does is asked once for each shape of conversation and remembered. Only tokens need each row
rendered, and for the token limit only rows that could be longer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ftdata.errors import UsageError
from ftdata.model import RENDERED, Found, Limits, Report, Rule, TemplateName, ValidatePlan
from ftdata.operators.cutting import cut_finding
from ftdata.operators.writing import to_json
from ftdata.rules.registry import rule_named
from ftdata.tokens.forecast import Truncation
from ftdata.tokens.framing import RowTokens
from ftdata.tokens.images import NO_IMAGES, image_in
from ftdata.tokens.tally import tally_length, tally_row

if TYPE_CHECKING:
    from ftdata.templates.conversation import Conversation
    from ftdata.templates.counting import Counted
    from ftdata.templates.probing import Outcome, Verdict

_REMEMBERED = 16_384  # shapes; a verdict is mostly empty
_IMAGES = ("image_url", "input_image", "image")


class _Row(NamedTuple):
    """One conversation of a record, counted."""

    conversation: Conversation
    counted: Counted


class TemplatedRows:
    """A chat template, compiled, with the verdicts on the shapes that were seen."""

    def __init__(
        self,
        name: TemplateName,
        limits: Limits,
        counts: Sequence[tuple[str, int | None]],
        *,
        lengths: bool = False,
    ) -> None:
        from ftdata.templates.chat_template import ChatTemplate
        from ftdata.templates.counting import RowCounter
        from ftdata.templates.loading import read_templates

        files = read_templates(name.path)
        if files.digest != name.digest:
            raise UsageError(f"{name.path} is not the same everywhere, or was changed meanwhile")
        self.template = ChatTemplate(files, date.fromisoformat(name.today))
        self.counter = RowCounter(files) if name.counts else None
        self._limits = limits
        self._caps = [cap for encoding, cap in counts if encoding == RENDERED]
        self._lengths = lengths and bool(self._caps)
        self._verdicts: dict[bytes, Verdict] = {}

    @classmethod
    def of(cls, plan: ValidatePlan, limits: Limits) -> TemplatedRows | None:
        """Gives what a plan asks for; None without a chat template."""
        if plan.chat_template is None:
            return None
        return cls(plan.chat_template, limits, plan.counts, lengths=plan.lengths)

    def traits(self) -> list[Outcome]:
        """What is to be said once of the template itself."""
        from ftdata.templates.traits import traits

        return list(traits(self.template, self.counter))

    def judge(self, chat: dict[str, Any]) -> Iterator[tuple[Rule, Found]]:
        """Gives what the template does to the conversations of a record, each thing once."""
        from ftdata.templates.conversation import conversations_in

        told: set[tuple[str, str, str]] = set()
        for conversation in conversations_in(chat):
            for outcome in self._verdict_on(conversation).outcomes:
                place = _placed(outcome.pointer, conversation)
                name = (outcome.rule, place, str(outcome.params.get("what")))
                if name not in told:
                    told.add(name)
                    yield rule_named(outcome.rule), Found(place, outcome.params)

    def count(
        self, chat: dict[str, Any], byte_count: int | None, report: Report
    ) -> Iterator[tuple[Rule, Found]]:
        """Counts the rows of a record into the tallies of a report; gives what the token limit does to them.

        `byte_count`: of the record as JSON; None: not known yet.
        """
        from ftdata.templates.sandbox import Refused

        limit = self._limits.max_tokens
        try:
            rows = list(self._counted(chat, byte_count, limit))
        except Refused as refused:  # not for its shape, but for what is said in it
            yield rule_named("template-refuses"), Found("", {"said": refused.reason})
            return
        if limit is not None:
            for row in rows:
                if row.counted.tokens > limit:
                    yield self._cut(row, limit)
                    break  # as for other counts: one finding a record
        self._tally(rows, report)

    def _verdict_on(self, conversation: Conversation) -> Verdict:
        from ftdata.templates.probing import probe
        from ftdata.templates.shapes import digest_of, shape_of

        shape = shape_of(conversation)
        key = digest_of(shape)
        verdict = self._verdicts.get(key)
        if verdict is None:
            verdict = probe(self.template, shape, conversation.options)
            if len(self._verdicts) >= _REMEMBERED:
                self._verdicts.clear()
            self._verdicts[key] = verdict
        return verdict

    def _counted(
        self, chat: dict[str, Any], byte_count: int | None, limit: int | None
    ) -> Iterator[_Row]:
        """Counts all conversations where they are tallied, else those that could be over the limit."""
        from ftdata.templates.conversation import conversations_in

        assert self.counter is not None  # noqa: S101 - a plan without counts never comes here
        for conversation in conversations_in(chat):
            if not self._caps:
                if limit is None:
                    continue
                around = self._verdict_on(conversation).around
                if around is not None:
                    byte_count = len(to_json(chat)) if byte_count is None else byte_count
                    if around + byte_count < limit:
                        continue
            messages, tools, options, _ = conversation
            rendered = self.template.render(messages, tools, options)
            yield _Row(conversation, self.counter.count(rendered, messages))

    def _cut(self, row: _Row, limit: int) -> tuple[Rule, Found]:
        tokens, answers = row.counted
        lost = [(span, min(span.end - span.start, max(0, span.end - limit))) for span in answers]
        first = next((span.message for span, cut in lost if cut), None)
        gone = sum(cut for _, cut in lost)
        surviving = sum(span.end - span.start for span in answers) - gone
        if not answers:  # nothing is known of which tokens are trained: all of them are
            gone, surviving = tokens - limit, limit
        pointer = "" if first is None else row.conversation.places[first]
        return cut_finding(Truncation(tokens, limit, first, gone, surviving), self._limits, pointer)

    def _tally(self, rows: list[_Row], report: Report) -> None:
        if self._lengths:
            lengths = report.tokens.setdefault(f"{RENDERED}:lengths", Counter())
            for row in rows:
                tally_length(lengths, row.counted.tokens)
        for cap in self._caps:
            tally = report.tokens.setdefault(f"{RENDERED}:{cap or ''}", Counter())
            for row in rows:
                tally_row(tally, _row_tokens(row), cap)
            if len(rows) > 1:
                tally["rows"] -= len(rows) - 1  # a pair is one row, and two to train on


def _placed(pointer: str, conversation: Conversation) -> str:
    """Where a pointer into the messages of a conversation leads in the record."""
    head, slash, rest = pointer.removeprefix("/messages/").partition("/")
    if pointer.startswith("/messages/") and head.isdecimal():
        return f"{conversation.places[int(head)]}{slash}{rest}"
    return pointer


def _row_tokens(row: _Row) -> RowTokens:
    tokens, answers = row.counted
    trained = sum(span.end - span.start for span in answers)
    head = answers[0].start if answers else 0
    images = NO_IMAGES
    for message in row.conversation.messages:
        content = message.get("content")
        for part in content if isinstance(content, (list, tuple)) else ():
            if isinstance(part, dict) and part.get("type") in _IMAGES:
                images = images.plus(image_in(part))
    return RowTokens(tokens, tokens, trained, images, 0, head)
