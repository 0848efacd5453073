"""When a tuned model has paid for itself, by each of the ways in which it can save money."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from ftdata.costs.spread import EXACT
from ftdata.costs.usage import Rates

_MILLION = Decimal(10**6)


@dataclass(frozen=True)
class Call:
    """One request as it is answered: tokens in and out, rates, and how often it is sent in the mean."""

    prompt_tokens: Decimal
    completion_tokens: Decimal
    rates: Rates
    times: Decimal = Decimal(1)

    @property
    def cost(self) -> Decimal:
        """In USD, unrounded."""
        asked = EXACT.multiply(self.prompt_tokens, self.rates.input)
        made = EXACT.multiply(self.completion_tokens, self.rates.output)
        return EXACT.multiply(EXACT.divide(EXACT.add(asked, made), _MILLION), self.times)


@dataclass(frozen=True)
class Route:
    """One way to save. `before` and `after` None: what that costs is not known, and `why` says so."""

    name: str
    before: Decimal | None
    after: Decimal | None
    why: str = ""

    @property
    def saving(self) -> Decimal | None:
        """USD saved with each request, below 0 where it costs more; None: not known."""
        if self.before is None or self.after is None:
            return None
        return EXACT.subtract(self.before, self.after)


@dataclass(frozen=True)
class BreakEven:
    """Savings against what they are bought with.

    `training` is paid once, `hosting` each month; None: not known. `months_left`: until the tuned model is
    shut; None: no end is announced.
    """

    model: str
    routes: tuple[Route, ...]
    training: Decimal | None
    hosting: Decimal | None
    requests: int | None  # a month
    months_left: Decimal | None

    def requests_for_training(self, route: Route) -> int | None:
        """Requests whose savings are the training; None: never, or not known."""
        return _calls(self.training, route.saving)

    def requests_for_hosting(self, route: Route) -> int | None:
        """Requests of a month whose savings are its hosting; None: never, or not known."""
        return _calls(self.hosting, route.saving)

    def monthly_gain(self, route: Route) -> Decimal | None:
        """Savings of a month less its hosting; None: not known."""
        if route.saving is None or self.hosting is None or self.requests is None:
            return None
        return EXACT.subtract(EXACT.multiply(route.saving, Decimal(self.requests)), self.hosting)

    def months_to_pay_back(self, route: Route) -> Decimal | None:
        """Months until the training is saved; None: never, or not known."""
        gain = self.monthly_gain(route)
        if gain is None or gain <= 0 or self.training is None:
            return None
        return EXACT.divide(self.training, gain)

    def verdict(self, route: Route) -> str:
        """One of "yes", "too late", "never" and "unknown"."""
        if route.saving is None:
            return "unknown"
        if route.saving <= 0:
            return "never"
        gain = self.monthly_gain(route)
        if gain is None or (gain > 0 and self.training is None):
            return "unknown"
        months = self.months_to_pay_back(route)
        if months is None:
            return "never"
        late = self.months_left is not None and months > self.months_left
        return "too late" if late else "yes"


def _calls(amount: Decimal | None, saving: Decimal | None) -> int | None:
    if amount is None or saving is None or saving <= 0:
        return None
    return math.ceil(EXACT.divide(amount, saving))


def routes_of(
    tuned: Call,
    *,
    base: Rates | None,
    baseline_tokens: Decimal | None,
    larger: Rates | None,
    asks_larger: bool,
    retries_before: Decimal | None,
    retries_after: Decimal,
) -> tuple[Route, ...]:
    """Gives the ways that something was said about, and all of them together where they are several.

    `tuned` is a request to the tuned model, sent once; `base` what the untuned model costs, `larger` what
    the model costs that answers today, if it is another (`asks_larger`). `baseline_tokens` is today's prompt.
    """
    prompt = tuned.prompt_tokens if baseline_tokens is None else baseline_tokens
    once, again = Decimal(1), retries_before
    routes = []
    if baseline_tokens is not None:
        routes.append(_route("shorter prompt", _call(tuned, prompt, base, once), tuned))
    if asks_larger:
        routes.append(_route("smaller model", _call(tuned, prompt, larger, once), tuned))
    if again is not None:
        after = _times(tuned, once + retries_after)
        before = _call(tuned, tuned.prompt_tokens, base, once + again)
        routes.append(_route("fewer retries", before, after))
        today = larger if asks_larger else base
        if len(routes) > 1:
            whole = _call(tuned, prompt, today, once + again)
            routes.append(_route("all together", whole, after))
    return tuple(routes)


def _route(name: str, before: Call | None, after: Call) -> Route:
    if before is None:
        return Route(name, None, None, "what today's model costs is not known: --baseline-price")
    return Route(name, before.cost, after.cost)


def _call(tuned: Call, prompt: Decimal, rates: Rates | None, times: Decimal) -> Call | None:
    return None if rates is None else Call(prompt, tuned.completion_tokens, rates, times)


def _times(call: Call, times: Decimal) -> Call:
    return Call(call.prompt_tokens, call.completion_tokens, call.rates, times)
