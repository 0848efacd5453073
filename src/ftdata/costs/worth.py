"""Is it worth it? The four costs and three benefits that are asked about before a model is tuned.

The questions are those of lesson 18 of Microsoft's course (generative-ai-for-beginners@0089beb). What follows
from the data and the catalog is answered; what only the user can measure is said to be so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ftdata.costs.epoch_rules import EpochRules
from ftdata.costs.quote import Quote
from ftdata.model import Report, Target


@dataclass(frozen=True)
class Answer:
    """`known` False: only the user can find out, and `text` says how."""

    question: str
    text: str
    known: bool


def answers(
    target: Target,
    report: Report,
    quotes: Sequence[Quote],
    rules: EpochRules,
    *,
    today: date,
    has_baseline: bool,
) -> tuple[Answer, ...]:
    """Gives an answer to each question, the costs first."""
    return (
        _tunability(quotes, today),
        _effort(report),
        _compute(target, quotes),
        _data(target, report, rules),
        Answer(
            "quality",
            "only you can measure it: keep rows out of the training (--validation), ask today's prompt and "
            "the tuned model the same, and compare",
            known=False,
        ),
        _cost(quotes, has_baseline=has_baseline),
        _reuse(quotes, today),
    )


def _tunability(quotes: Sequence[Quote], today: date) -> Answer:
    open_ones = [quote for quote in quotes if quote.tunable]
    if not open_ones:
        return Answer("tunability", "none of these models takes a job any more", known=True)
    ends = [quote.tunable_until for quote in open_ones if quote.tunable_until is not None]
    number = f"{len(open_ones)} of {len(quotes)} models take jobs" if len(quotes) > 1 else "yes"
    if not ends:
        return Answer("tunability", f"{number}; no end is announced", known=True)
    days = (min(ends) - today).days
    return Answer("tunability", f"{number}, until {min(ends)}: {days:,} days left", known=True)


def _effort(report: Report) -> Answer:
    repair = f"{report.invalid:,} of {report.records:,} rows have to be repaired"
    text = "no row has to be repaired" if report.invalid == 0 else repair
    return Answer(
        "effort", f"{text}; your time for collecting, testing and upkeep comes on top", known=False
    )


def _compute(target: Target, quotes: Sequence[Quote]) -> Answer:
    if not target.hosted:
        return Answer(
            "compute", "a GPU of your own; --model says memory, hours and rent", known=True
        )
    if all(quote.cost is None for quote in quotes):
        return Answer("compute", "the vendor's; what it costs is not known", known=False)
    return Answer("compute", "the vendor's: training and hosting are in the bill", known=True)


def _data(target: Target, report: Report, rules: EpochRules) -> Answer:
    fact = target.facts.get("min_examples")
    have = f"{report.valid:,} examples"
    if fact is not None and report.valid < fact.value:
        return Answer(
            "data", f"{have}, and the vendor asks for at least {fact.value:,}", known=True
        )
    least = "" if fact is None else f" (at least {fact.value:,} are asked for)"
    passes = rules.cookbook.epochs
    thin = f"; few: OpenAI's cookbook would show each of them {passes} times" if passes > 3 else ""
    return Answer(
        "data", f"{have}{least}{thin}; whether they are enough shows in the quality", known=False
    )


def _cost(quotes: Sequence[Quote], *, has_baseline: bool) -> Answer:
    if not has_baseline:
        text = "--baseline-prompt FILE and --requests N say what is saved with each request"
        return Answer("cost", text, known=False)
    found = [
        (one.bill.break_even, route)
        for one in quotes
        if one.bill is not None and one.bill.break_even is not None
        for route in one.bill.break_even.routes
    ]
    verdicts = [every.verdict(route) for every, route in found]
    if "yes" in verdicts:
        return Answer("cost", "at least one way pays it back, see above", known=True)
    if not verdicts or "unknown" in verdicts:
        return Answer("cost", "not known for every way, see above", known=False)
    return Answer("cost", "no way pays it back, see above", known=True)


def _reuse(quotes: Sequence[Quote], today: date) -> Answer:
    ends = [quote.serves_until for quote in quotes if quote.tunable and quote.serves_until]
    shut = ""
    if ends:
        shut = f"tuned models are shut from {min(ends)} on, in {(min(ends) - today).days:,} days; "
    return Answer(
        "reuse", f"{shut}the rows stay yours: --compare says who else takes them", known=True
    )
