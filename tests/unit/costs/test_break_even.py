"""The worked examples: what has to be saved, and how many requests save it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ftdata.costs.break_even import BreakEven, Call, Route, routes_of
from ftdata.costs.usage import Rates


def rates(given: str, made: str) -> Rates:
    return Rates(Decimal(given), Decimal(made))


def routes(tuned: Call, **more: object) -> dict[str, Route]:
    said: dict[str, object] = {
        "base": None,
        "baseline_tokens": None,
        "larger": None,
        "asks_larger": False,
        "retries_before": None,
        "retries_after": Decimal(0),
    }
    found = routes_of(tuned, **{**said, **more})  # type: ignore[arg-type]
    return {route.name: route for route in found}


def paid_back(
    route: Route, training: str = "0", hosting: str = "0", requests: int | None = None
) -> BreakEven:
    return BreakEven("m", (route,), Decimal(training), Decimal(hosting), requests, None)


def call(prompt: int, completion: int, its: Rates) -> Call:
    return Call(Decimal(prompt), Decimal(completion), its)


def test_openai_gpt_41_mini_needs_46875_calls() -> None:
    """2,000 tokens become 200; the tuned model is twice as dear; training cost 15 USD."""
    tuned = call(200, 200, rates("0.8", "3.2"))
    route = routes(tuned, base=rates("0.4", "1.6"), baseline_tokens=Decimal(2000))["shorter prompt"]
    assert route.saving == Decimal("0.00032")
    assert paid_back(route, "15").requests_for_training(route) == 46_875


@pytest.mark.parametrize(("prompt", "saves"), [(599, True), (600, False), (601, False)])
def test_openai_saves_only_below_half_the_prompt_less_two_answers(prompt: int, saves: bool) -> None:
    tuned = call(prompt, 200, rates("0.8", "3.2"))
    route = routes(tuned, base=rates("0.4", "1.6"), baseline_tokens=Decimal(2000))["shorter prompt"]
    assert (route.saving is not None and route.saving > 0) is saves
    assert paid_back(route, "15", requests=10**9).verdict(route) == ("yes" if saves else "never")


@pytest.mark.parametrize(
    ("given", "made", "calls"),
    [("0.4", "1.6", 1_700_000), ("2", "8", 340_000), ("0.1", "0.4", 6_800_000)],
)
def test_calls_a_month_that_pay_for_azures_hosting(given: str, made: str, calls: int) -> None:
    """1,800 tokens less a call; the tuned model costs what the base does; hosting 1,224 a month."""
    same = rates(given, made)
    route = routes(call(200, 200, same), base=same, baseline_tokens=Decimal(2000))["shorter prompt"]
    assert paid_back(route, hosting="1224").requests_for_hosting(route) == calls


def test_a_smaller_model_on_azure_needs_224000_calls_a_month() -> None:
    tuned = call(500, 200, rates("0.1", "0.4"))
    route = routes(tuned, larger=rates("2", "8"), asks_larger=True, baseline_tokens=Decimal(2000))[
        "smaller model"
    ]
    assert (route.before, route.after) == (Decimal("0.0056"), Decimal("0.00013"))
    needed = paid_back(route, hosting="1224").requests_for_hosting(route)
    assert needed is not None
    assert round(needed, -3) == 224_000


def test_fewer_retries_save_the_requests_that_are_not_sent_again() -> None:
    same = rates("1", "1")
    found = routes(
        call(500, 500, same), base=same, retries_before=Decimal("0.5"), retries_after=Decimal("0.1")
    )
    assert list(found) == ["fewer retries"]
    assert found["fewer retries"].saving == Decimal("0.0004")


def test_all_ways_together_stand_last() -> None:
    tuned = call(200, 200, rates("0.1", "0.4"))
    found = routes(
        tuned,
        base=rates("0.1", "0.4"),
        larger=rates("2", "8"),
        asks_larger=True,
        baseline_tokens=Decimal(2000),
        retries_before=Decimal(1),
    )
    assert list(found) == ["shorter prompt", "smaller model", "fewer retries", "all together"]
    assert found["all together"].before == 2 * (found["smaller model"].before or 0)


def test_the_verdict_follows_the_months() -> None:
    route = Route("shorter prompt", Decimal("0.002"), Decimal("0.001"))

    def verdict(requests: int | None, left: str | None, training: str | None = "10") -> str:
        its = BreakEven(
            "m",
            (route,),
            None if training is None else Decimal(training),
            Decimal(100),
            requests,
            None if left is None else Decimal(left),
        )
        return its.verdict(route)

    assert verdict(110_000, None) == "yes"  # 10 USD of gain a month: one month
    assert verdict(110_000, "1") == "yes"
    assert verdict(110_000, "0.9") == "too late"
    assert verdict(100_000, None) == "never"  # hosting eats it all
    assert verdict(None, None) == "unknown"
    assert verdict(110_000, None, training=None) == "unknown"


def test_what_is_not_known_is_no_zero() -> None:
    route = routes(call(1, 1, rates("1", "1")), baseline_tokens=Decimal(9))["shorter prompt"]
    its = BreakEven("m", (route,), None, None, 5, None)
    assert (route.saving, its.monthly_gain(route), its.months_to_pay_back(route)) == (None,) * 3
    assert its.verdict(route) == "unknown"
