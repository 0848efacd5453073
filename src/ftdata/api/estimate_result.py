"""What `estimate` gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ftdata.api.own_gpu import GpuEstimate
from ftdata.costs.epochs import EpochAdvice
from ftdata.costs.quote import Quote
from ftdata.errors import UsageError
from ftdata.model import Lengths, Model, Report
from ftdata.reports.estimate_json import estimate_json
from ftdata.reports.estimate_text import estimate_text
from ftdata.reports.lengths_json import lengths_json
from ftdata.reports.lengths_plot import plot_kind, plot_lengths
from ftdata.reports.lengths_text import lengths_text
from ftdata.reports.own_gpu_json import own_gpu_json
from ftdata.reports.own_gpu_text import own_gpu_text
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

    def to_json(self) -> dict[str, Any]:
        """Gives the shape of schemas/output/estimate.json."""
        found = estimate_json(self.report, self.quotes, self.advice, target=self.target)
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
                self.report, self.quotes, self.advice, target=self.target, retired=self.retired
            ),
            *(own_gpu_text(**one.parts()) for one in self.own_gpu),
            *(
                "\n" + lengths_text(lengths, self._caps_in(encoding), encoding=encoding)
                for encoding, lengths in self.lengths.items()
            ),
        ]
        return "\n".join(texts)

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
