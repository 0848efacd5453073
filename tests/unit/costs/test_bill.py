"""The bill: tokens or hours, minimums, validation, hosting, requests; each end of what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ftdata.catalog.model_catalog import load_model
from ftdata.catalog.offers import Offer, offer_for
from ftdata.catalog.price_catalog import training_price
from ftdata.costs.bill import Bill, bill
from ftdata.costs.spending import Limit
from ftdata.costs.spread import Spread
from ftdata.costs.training_bill import training_bill
from ftdata.costs.usage import Usage
from ftdata.errors import UsageError
from ftdata.model import Fact

TODAY = date(2026, 11, 22)
COUNTS = {"rows": 10, "tokens": 1_000_000, "billed": 1_000_000, "trained": 200_000}
NO_USE = Usage()


def offer(vendor: str, name: str, method: str = "sft") -> Offer:
    return offer_for(load_model(name, vendor=vendor), method=method, tier="global")


def billed(its: Offer, usage: Usage = NO_USE, *, epochs: int = 2, **more: int) -> Bill:
    counts = {**COUNTS, **more}
    return bill(its, its.training, counts, epochs=epochs, usage=usage, today=TODAY)


def ends(spread: Spread | None) -> tuple[Decimal, ...] | None:
    return None if spread is None else (spread.low, spread.expected, spread.high)


def fact(value: object, *, certain: bool = True) -> Fact:
    return Fact(value, "a page of a vendor", TODAY, "info", certain)


def of_validation(usage: Usage, **facts: Fact) -> Spread | None:
    price = training_price("openai", "gpt-4.1")
    million = Spread.of(1_000_000)
    return training_bill(
        price, million, 3, billing=facts, usage=usage, validation=million
    ).validation_tokens


def test_exact_where_all_is_known() -> None:
    found = billed(offer("openai", "gpt-4.1-mini"))
    assert ends(found.training.cost) == (10, 10, 10)
    assert ends(found.month.hosting) == (0, 0, 0)
    assert found.break_even is None


def test_a_price_that_is_a_range_expects_its_end() -> None:
    found = billed(offer("together", "GLM-5"), epochs=1)
    assert ends(found.training.cost) == (9, 100, 100)


def test_what_is_cut_off_is_in_the_most_where_it_may_be_billed() -> None:
    found = billed(offer("azure", "gpt-4.1-mini"), billed=600_000)
    assert ends(found.training.cost) == (6, 6, 10)
    assert any("cut off" in note.text for note in found.notes())


def test_images_of_unknown_size_are_expected_in_the_middle() -> None:
    found = billed(
        offer("openai", "gpt-4o"),
        epochs=1,
        images_number=1,
        images_unmeasured=1,
        images_tiles=1,
        images_most_tiles=8,
    )
    assert ends(found.training.tokens) == (1_000_255, 1_000_850, 1_001_445)


def test_hours_are_asked_for_where_training_is_billed_by_time() -> None:
    o4 = offer("azure", "o4-mini", "rft")
    unknown = billed(o4)
    assert unknown.training.cost is None
    assert any("--hours" in note.text for note in unknown.notes())
    hours = Usage(hours=(Decimal(2), Decimal(10)))
    assert ends(billed(o4, hours).training.cost) == (200, 600, 1000)


def test_the_minimum_of_a_job() -> None:
    its = offer("openai", "gpt-4.1-mini")
    with_minimum = replace(its, billing={**its.billing, "minimum_usd_per_job": fact("4")})
    assert ends(billed(with_minimum, epochs=1).training.cost) == (5, 5, 5)
    small = billed(with_minimum, billed=100, tokens=100)
    assert ends(small.training.cost) == (4, 4, 4)
    assert any("least that a job costs is 4" in note.text for note in small.notes())


def test_validation_is_billed_as_the_vendor_says() -> None:
    none = of_validation(NO_USE, validation_billed=fact(False))
    assert ends(none) == (0, 0, 0)
    once = of_validation(NO_USE, validation_billed=fact(True), validation_passes=fact("once"))
    assert ends(once) == (1_000_000,) * 3
    each = {"validation_billed": fact(True), "validation_passes": fact("evaluations")}
    assert ends(of_validation(NO_USE, **each)) == (0, 3_000_000, 3_000_000)
    assert ends(of_validation(Usage(evaluations=2), **each)) == (2_000_000,) * 3
    assert ends(of_validation(NO_USE)) == (0, 0, 3_000_000)


def test_hosting_is_720_hours_a_month() -> None:
    assert ends(billed(offer("azure", "gpt-4.1-mini")).month.hosting) == (1224, 1224, 1224)
    assert ends(billed(offer("together", "GLM-5")).month.hosting) == (
        Decimal("4672.8"),
        Decimal("4672.8"),
        8604,
    )
    assert billed(offer("bedrock", "nova-lite")).month.hosting is None


def test_requests_are_those_of_the_rows_or_as_stated() -> None:
    mini = offer("azure", "gpt-4.1-mini")
    of_rows = billed(mini, Usage(requests=1000)).month  # 80,000 tokens in, 20,000 out
    assert ends(of_rows.inference) == (64, 64, 64)
    stated = Usage(requests=10**6, prompt_tokens=200, completion_tokens=100)
    assert ends(billed(mini, stated).month.inference) == (240, 240, 240)
    assert billed(mini, Usage(requests=1), trained=0).month.inference is None


def test_requests_to_a_rented_gpu_are_paid_with_its_hours() -> None:
    month = billed(offer("together", "GLM-5"), Usage(requests=1000)).month
    assert ends(month.inference) == (0, 0, 0)
    assert any("hours of the GPU" in note.text for note in month.notes)


def test_more_than_one_job_may_have_is_said() -> None:
    found = billed(offer("azure", "gpt-4.1-nano"), epochs=2001)
    assert any("more than one job may have" in note.text for note in found.notes())


@pytest.mark.parametrize(
    "wrong",
    [
        {"requests": -1},
        {"hours": (Decimal(3), Decimal(2))},
        {"baseline_prompt": "Answer!", "baseline_tokens": 1},
    ],
)
def test_a_use_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Usage(**wrong)  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        Limit(Decimal("nan"), every=True)
