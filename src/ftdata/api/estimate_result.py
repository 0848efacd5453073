"""What `estimate` gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from ftdata.api.own_gpu import GpuEstimate
from ftdata.catalog.target_catalog import load_target
from ftdata.costs.break_even import BreakEven
from ftdata.costs.epoch_rules import EpochRules, epoch_rules
from ftdata.costs.epochs import EpochAdvice
from ftdata.costs.quote import Quote
from ftdata.costs.spending import Limit
from ftdata.costs.usage import UNUSED, Usage
from ftdata.costs.worth import Answer, answers
from ftdata.errors import UsageError
from ftdata.model import Lengths, Model, Report
from ftdata.reports.break_even_text import break_even_text
from ftdata.reports.estimate_json import estimate_json
from ftdata.reports.estimate_text import estimate_text
from ftdata.reports.findings_json import summary_of
from ftdata.reports.lengths_json import lengths_json
from ftdata.reports.lengths_plot import plot_kind, plot_lengths
from ftdata.reports.lengths_text import lengths_text
from ftdata.reports.own_gpu_json import own_gpu_json
from ftdata.reports.own_gpu_text import own_gpu_text
from ftdata.reports.worth_text import worth_text
from ftdata.storage.output import atomic_output


@dataclass(frozen=True)
class EstimateResult:
    """What a job would take. `quotes` has one entry a model, the cheapest first.

    `report` says how many records are valid: only those are counted. `retired` are the models of the
    target that can no longer be tuned, and were not asked for by name.
    """

    target: str
    report: Report
    advice: EpochAdvice
    quotes: tuple[Quote, ...]
    retired: tuple[Model, ...] = ()
    own_gpu: tuple[GpuEstimate, ...] = ()  # one a model that was named for a trainer
    lengths: Mapping[str, Lengths] = field(default_factory=dict)  # by encoding, where asked for
    caps: Mapping[str, int] = field(default_factory=dict)  # tokens at which a model's rows are cut
    validation: Report | None = None  # of the validation data, where there is some
    epoch_rules: EpochRules | None = None
    usage: Usage = UNUSED
    limit: Limit | None = None
    today: date = date.min

    @property
    def above_limit(self) -> list[Quote]:
        """The quotes by which training costs more than it may; none if it is within the limit.

        Where models were named, each has to be within it; else the cheapest has to. An unknown cost is above.
        """
        return self.limit.above(self.quotes) if self.limit else []

    @property
    def is_within_limit(self) -> bool:
        """True where training may be paid, also as there is no limit."""
        return self.limit is None or self.limit.is_kept(self.quotes)

    @property
    def worth(self) -> tuple[Answer, ...]:
        """What can be said to the questions that are asked before a model is tuned."""
        target = load_target(self.target)
        rules = self.epoch_rules or epoch_rules(target.facts.get("epochs"), self.report.valid)
        return answers(
            target,
            self.report,
            self.quotes,
            rules,
            today=self.today,
            has_baseline=self.usage.has_baseline,
        )

    def to_json(self) -> dict[str, Any]:
        """Gives the shape of schemas/output/estimate.json."""
        found = estimate_json(
            self.report,
            self.quotes,
            self.advice,
            target=self.target,
            rules=self.epoch_rules,
            limit=self.limit,
        )
        if self.validation is not None:
            found["validation"] = summary_of(self.validation, tokens=None)
        found["worth"] = [asdict(answer) for answer in self.worth]
        if self.own_gpu:
            found["own_gpu"] = [own_gpu_json(**one.parts()) for one in self.own_gpu]
        if self.lengths:
            found["lengths"] = [
                lengths_json(lengths, encoding=encoding)
                for encoding, lengths in self.lengths.items()
            ]
        return found

    def to_text(self) -> str:
        """Gives the tables that the command line prints."""
        texts = [
            estimate_text(
                self.report,
                self.quotes,
                self.advice,
                target=self.target,
                retired=self.retired,
                rules=self.epoch_rules,
                usage=self.usage,
            ),
            *("\n" + break_even_text(one) for one in self._break_evens()),
            *(["\n" + worth_text(self.worth)] if self._asks_for_worth else []),
            *(own_gpu_text(**one.parts()) for one in self.own_gpu),
            *(
                "\n" + lengths_text(lengths, self._caps_in(encoding), encoding=encoding)
                for encoding, lengths in self.lengths.items()
            ),
        ]
        return "\n".join(texts)

    @property
    def _asks_for_worth(self) -> bool:
        return len(self.quotes) == 1 or self.usage != UNUSED

    def _break_evens(self) -> list[BreakEven]:
        bills = [quote.bill for quote in self.quotes if quote.bill is not None]
        return [bill.break_even for bill in bills if bill.break_even is not None]

    def plot(self, path: str) -> None:
        """Writes the histogram of lengths as .svg or .png, of the first encoding.

        Needs `lengths=True`. Raises UsageError for another suffix or without lengths, and MissingExtra.
        """
        kind = plot_kind(path)
        if not self.lengths:
            raise UsageError("there are no lengths to plot: ask for them with lengths=True")
        encoding, lengths = next(iter(self.lengths.items()))
        caps = self._caps_in(encoding)
        title = f"{lengths.total:,} rows for {self.target}, in tokens of {encoding}"
        with atomic_output(path) as file:
            plot_lengths(file, kind, lengths, caps, title=title)

    def _caps_in(self, encoding: str) -> dict[str, int]:
        models = {quote.model for quote in self.quotes if quote.encoding == encoding}
        return {model: cap for model, cap in self.caps.items() if model in models}
