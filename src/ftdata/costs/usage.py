"""How a tuned model would be used, and what is used today: what only the user can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ftdata.costs.spread import EXACT, Spread
from ftdata.errors import UsageError


@dataclass(frozen=True)
class Rates:
    """USD per million tokens of a model in use."""

    input: Decimal
    output: Decimal


@dataclass(frozen=True)
class Usage:
    """All of it may be left out; what needs it is then not known.

    requests: to the tuned model, a month
    prompt_tokens, completion_tokens: of one request; None: as in the data
    hours: of a training job that is billed by time, the least and the most
    evaluations: passes over the validation file where those are billed
    baseline_prompt: the whole prompt of one request as it is sent today, as text
    baseline_tokens: its tokens, where there is no text
    baseline_model: who answers today; None: the untuned model itself
    baseline_rates: what that model costs, where no list says so
    retries_before, retries_after: how often one request is sent again today, and with the tuned model
    """

    requests: int | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    hours: tuple[Decimal, Decimal] | None = None
    evaluations: int | None = None
    baseline_prompt: str | None = None
    baseline_tokens: int | None = None
    baseline_model: str | None = None
    baseline_rates: Rates | None = None
    retries_before: Decimal | None = None
    retries_after: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        for name in (
            "requests",
            "prompt_tokens",
            "completion_tokens",
            "evaluations",
            "baseline_tokens",
        ):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise UsageError(f"{name} {value} is not at least 0")
        if self.baseline_prompt is not None and self.baseline_tokens is not None:
            raise UsageError("the baseline prompt is either a text or a number of tokens")
        if self.hours is not None and not 0 <= self.hours[0] <= self.hours[1]:
            raise UsageError(f"hours {self.hours[0]}-{self.hours[1]} are no range")

    @property
    def has_baseline(self) -> bool:
        """True where something is said about today."""
        return (
            self.baseline_prompt,
            self.baseline_tokens,
            self.baseline_model,
            self.baseline_rates,
            self.retries_before,
        ) != (None,) * 5


#: Nothing is known of the use.
UNUSED = Usage()


@dataclass(frozen=True)
class Request:
    """One request to the tuned model, in tokens. `from_data` says which of both were taken from the rows."""

    prompt_tokens: Spread
    completion_tokens: Spread
    from_data: tuple[str, ...] = ()


def request_of(
    usage: Usage,
    counts: Mapping[str, int],
    *,
    images: Spread | None = None,
    answers: int = 1,
    ratio: Spread | None = None,
) -> Request | None:
    """Gives the mean request: as stated, or a row's context as prompt and its trained tokens as completion.

    `counts` are those of `tokens.tally`, `images` the tokens of all images, `answers` how many one row has,
    `ratio` that of the model's tokens to the counted ones. None where the rows train nothing, as those of
    reinforcement, and the user does not say more.
    """
    rows, trained = counts.get("rows", 0), counts.get("trained", 0)
    own = Spread.of(1) if ratio is None else ratio
    from_data = []
    prompt, completion = usage.prompt_tokens, usage.completion_tokens
    if prompt is not None:
        prompts = Spread.of(prompt)
    elif rows and trained:
        context = Spread.of(counts.get("tokens", 0) - trained).times(own)
        prompts = _mean(context if images is None else context.plus(images), rows)
        from_data.append("prompt")
    else:
        return None
    if completion is not None:
        completions = Spread.of(completion)
    elif rows and trained:
        completions = _mean(Spread.of(trained).times(own), rows * answers)
        from_data.append("completion")
    else:
        return None
    return Request(prompts, completions, tuple(from_data))


def _mean(tokens: Spread, rows: int) -> Spread:
    """Each end divided, to all digits that are kept."""
    by = Decimal(rows)
    return Spread(
        EXACT.divide(tokens.low, by),
        EXACT.divide(tokens.expected, by),
        EXACT.divide(tokens.high, by),
    )
