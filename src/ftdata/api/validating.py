"""`validate` and `check_example`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ftdata.api.inputs import Announce, announce_source, engine_choice, sources_in
from ftdata.api.today import this_day
from ftdata.engines.engine import LOCAL, EngineChoice
from ftdata.engines.local import Progress, judge_batches
from ftdata.engines.validation import validate_sources
from ftdata.model import DEFAULT_TOKENIZER, RENDERED, ReadOptions, Report, ValidatePlan
from ftdata.operators.judging import judge_of
from ftdata.operators.whole import judge_whole
from ftdata.readers.memory import DATA_NAME, batches_of
from ftdata.reports.described import DescribedFinding, describe
from ftdata.reports.findings_json import findings_json, summary_of


@dataclass(frozen=True)
class ValidationResult:
    """What `validate` found. `report` is mergeable with those of other parts of the data.

    `tokens` is the sum over all valid records, or None where they were not counted.
    """

    report: Report
    target: str
    model: str | None = None
    tokens: int | None = None

    @property
    def ok(self) -> bool:
        """True when nothing is at error severity."""
        return self.report.errors == 0

    @property
    def findings(self) -> list[DescribedFinding]:
        """The kept findings (the first `keep` of each code), by source, line and pointer."""
        return [describe(finding) for finding in self.report.first_findings()]

    @property
    def summary(self) -> dict[str, Any]:
        """Counts of everything, however many findings were kept."""
        return summary_of(self.report, tokens=self.tokens)

    def to_json(self, *, max_findings: int | None = None) -> dict[str, Any]:
        """Gives the shape of schemas/output/findings.json."""
        return findings_json(
            self.report,
            target=self.target,
            model=self.model,
            tokens=self.tokens,
            max_findings=max_findings,
        )


def validate(
    data: Any,
    *,
    target: str = "generic-chat",
    model: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    count_tokens: bool = False,
    max_tokens: int | None = None,
    tokenizer: str | None = None,
    chat_template: str | os.PathLike[str] | None = None,
    keep: int = 1000,
    reading: ReadOptions | None = None,
    workers: int | None = 1,
    engine: str = LOCAL,
    ray_address: str | None = None,
    today: date | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> ValidationResult:
    """Finds every fault of the data under a target. One pass, constant memory.

    `select` and `ignore` take codes, prefixes (FT3) or names. `count_tokens` counts every valid record
    exactly; without it only lines long enough to break the token limit are counted. `keep` bounds the
    findings kept for each code. `workers` processes share the work on large files (None: one for each
    core). With `engine` "ray" they are tasks of Ray, on this machine or on the cluster at `ray_address`; only
    files can be given to it. `today` decides whether the target and the model can still be trained.
    `chat_template` is a folder or file of a model: what its template does to rows is found, and its
    tokenizer.json, if there is one, counts tokens unless `tokenizer` does. Raises UnknownName,
    UnreadableSource and, without Ray or the package tokenizers, MissingExtra.
    """
    today = today or this_day()
    plan = ValidatePlan(
        target=target,
        model=model,
        select=tuple(select),
        ignore=tuple(ignore),
        keep=keep,
        max_tokens=max_tokens,
        encoding=tokenizer,
    )
    if chat_template is not None:
        from ftdata.api.chat_templates import template_to_judge

        may_count = tokenizer is None
        name = template_to_judge(
            chat_template, today=today, may_count=may_count, must_count=count_tokens
        )
        plan = replace(plan, chat_template=name)
    if count_tokens:
        is_rendered = plan.chat_template is not None and plan.chat_template.counts
        encoding = judge_of(plan).limits.encoding or DEFAULT_TOKENIZER
        plan = replace(plan, counts=((RENDERED if is_rendered else encoding, None),))
    report = judged(
        plan,
        data,
        reading or ReadOptions(),
        choice=engine_choice(engine, workers, ray_address),
        today=today,
        progress=progress,
        announce=announce,
    )
    tokens = sum(tally["tokens"] for tally in report.tokens.values()) if count_tokens else None
    return ValidationResult(report, target, model, tokens)


def check_example(
    example: Mapping[str, Any], *, target: str = "generic-chat", model: str | None = None
) -> list[DescribedFinding]:
    """Finds every fault of one record; an empty list means that the target takes it."""
    plan = ValidatePlan(target=target, model=model)
    report = judge_batches(plan, batches_of([dict(example)]))
    return ValidationResult(report, target, model).findings


def judged(
    plan: ValidatePlan,
    data: Any,
    reading: ReadOptions,
    *,
    choice: EngineChoice,
    today: date | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> Report:
    """Judges whatever the caller handed over; given the day, the whole of it and its target, too."""
    sources = sources_in(data, reading, choice)
    if sources is None:
        report = judge_batches(plan, batches_of(data))
    else:
        for source in sources:
            announce_source(source, reading, announce)
        report = validate_sources(plan, sources, reading, choice=choice, progress=progress)
    if today is not None:
        judge_whole(plan, report, sources[0].name if sources else DATA_NAME, today)
    return report
