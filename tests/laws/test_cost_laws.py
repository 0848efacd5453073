"""Laws of money: it follows from sums of integers, so the order and the split do not matter."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ftdata.catalog.model_catalog import models_of
from ftdata.catalog.offers import Offer, offer_for
from ftdata.catalog.price_catalog import CATALOG, PriceBook
from ftdata.costs.bill import Bill, bill
from ftdata.costs.epoch_rules import epoch_rules
from ftdata.costs.epochs import cookbook_epochs
from ftdata.costs.spread import Spread
from ftdata.costs.training import stated_price, training_cost, training_costs
from ftdata.costs.usage import Usage
from ftdata.model import AMOUNTS, Fact, Model, Price, PriceList, PriceScope
from ftdata.tokens.framing import RowTokens
from ftdata.tokens.images import NO_IMAGES, Images
from ftdata.tokens.tally import tally_row

amounts = st.integers(0, 10**6)
images = st.just(NO_IMAGES) | st.builds(Images, *[amounts] * len(NO_IMAGES))
of_roles = st.dictionaries(st.sampled_from(["user", "assistant", "other"]), amounts)
row_tokens = st.builds(
    RowTokens,
    *(amounts, amounts, amounts, images, amounts, amounts),
    of_roles.map(lambda roles: tuple(roles.items())),
)
caps = st.none() | st.integers(0, 10**6)
prices = st.decimals("0", "1000", places=4)


def tally(rows: list[RowTokens], cap: int | None) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        tally_row(counts, row, cap)
    return counts


def cost(tokens: int, epochs: int, price: Decimal) -> Decimal:
    found = training_cost(tokens, epochs, stated_price("v", "m", price, today=date(2026, 11, 21)))
    assert found is not None
    return found


@given(st.lists(row_tokens, max_size=8), st.integers(0, 8), caps)
def test_tallies_of_parts_add_up_to_the_tally_of_all(
    rows: list[RowTokens], cut: int, cap: int | None
) -> None:
    whole = tally(rows, cap)
    parts = tally(rows[cut:], cap) + tally(rows[:cut], cap)
    assert dict(parts) == dict(whole)  # to the key: reports are compared as they are written


@given(st.lists(row_tokens, max_size=8), caps)
def test_no_more_is_billed_than_there_is(rows: list[RowTokens], cap: int | None) -> None:
    counts = tally(rows, cap)
    assert 0 <= counts["billed"] <= counts["tokens"]
    assert counts["unanswered"] <= counts["over_cap"] <= counts["rows"] == len(rows)


@given(amounts, amounts, st.integers(1, 50), prices)
def test_costs_of_parts_add_up_to_the_digit(
    one: int, other: int, epochs: int, price: Decimal
) -> None:
    assert cost(one, epochs, price) + cost(other, epochs, price) == cost(one + other, epochs, price)
    assert cost(one, epochs, price) == sum(cost(one, 1, price) for _ in range(epochs))


@given(st.integers(0, 10**7))
def test_epochs_stay_within_their_bounds(examples: int) -> None:
    rule = {
        "target_epochs": 3,
        "min_target_examples": 100,
        "max_target_examples": 25_000,
        "min_epochs": 1,
        "max_epochs": 25,
    }
    epochs = cookbook_epochs(rule, examples)
    assert 1 <= epochs <= 25
    assert epochs <= 3 or examples * epochs <= 100
    assert epochs == 1 or examples * epochs <= 25_000


sizes = st.decimals("0.01", "2000", places=3)
VENDORS = CATALOG.vendors()


def of_size(vendor: str, billions: Decimal) -> Model:
    facts = {"parameters_billion": Fact(billions, "a law", date(2026, 11, 21), "info")}
    return Model("m", vendor, "m", (), ("sft", "dpo"), None, facts)


@given(amounts, st.integers(1, 50), prices, prices)
def test_a_range_of_prices_gives_a_range_of_costs_and_its_end_is_the_cost(
    tokens: int, epochs: int, one: Decimal, other: Decimal
) -> None:
    low, high = sorted((one, other))
    price = stated_price("v", "m", low, today=date(2026, 11, 21))
    between = training_costs(tokens, epochs, replace(price, most_usd_per_million_tokens=high))
    assert between == (cost(tokens, epochs, low), cost(tokens, epochs, high))
    assert between is not None
    assert between[0] <= between[1]
    assert training_costs(tokens, epochs, price) == (between[0], between[0])


@given(st.sampled_from(VENDORS), sizes)
def test_a_size_is_in_one_class_of_a_vendor_at_most(vendor: str, billions: Decimal) -> None:
    model = of_size(vendor, billions)
    classes = [one for one in CATALOG.lists(vendor) if one.scope.by_size]
    assert sum(one.scope.rank(model) is not None for one in classes) <= 1


@given(st.sampled_from(VENDORS), sizes, sizes, st.sampled_from(["sft", "dpo"]))
def test_a_larger_model_is_no_cheaper(
    vendor: str, one: Decimal, other: Decimal, method: str
) -> None:
    small, large = (
        CATALOG.training_price(of_size(vendor, size), method=method)
        for size in sorted((one, other))
    )
    if (
        small
        and large
        and not (small.most_usd_per_million_tokens or large.most_usd_per_million_tokens)
    ):
        assert cost(10**6, 1, rate(small)) <= cost(10**6, 1, rate(large))


def rate(price: Price) -> Decimal:
    assert price.usd_per_million_tokens is not None
    return price.usd_per_million_tokens


@given(
    st.sampled_from(VENDORS),
    st.none() | st.sampled_from(["global", "datazone", "regional", "developer", "batch"]),
    st.none() | st.sampled_from(["eastus2", "swedencentral", "nowhere"]),
    st.none() | st.sampled_from(["lora", "full"]),
    st.dates(date(2024, 1, 1), date(2028, 1, 1)),
)
def test_what_is_found_is_what_was_asked_for_and_is_known(
    vendor: str, tier: str | None, region: str | None, tuning: str | None, day: date
) -> None:
    for model in models_of(vendor):
        for kind in ("training", "inference", "hosting"):
            for price in CATALOG.find(model, kind, tier=tier, region=region, tuning=tuning, on=day):
                assert (price.kind, price.tier) == (kind, tier or "global")
                assert region is None or price.region in (region, None)
                assert price.tuning in (None, tuning or "lora")
                assert price.holds(day)
                assert not price.unknown
                assert not price.suspect
                known = [getattr(price, name) for name in AMOUNTS]
                assert any(amount is not None for amount in known)
                assert price.note or 0 not in known  # what is free says why


@given(st.sampled_from(VENDORS), st.permutations(range(3)))
def test_prices_of_the_user_stand_first_whatever_their_place(vendor: str, order: list[int]) -> None:
    own = [
        PriceList(vendor, PriceScope(f"own {place}", names=(f"m{place}",)), (OWN_PRICE,))
        for place in order
    ]
    book = PriceBook(tuple(own))
    for model in models_of(vendor):
        assert book.prices_of(model) == CATALOG.prices_of(model)
    named = Model("m1", vendor, "m1", (), ("sft",), None, {})
    assert book.prices_of(named)[0] is OWN_PRICE


OWN_PRICE = stated_price("v", "m", Decimal(1), today=date(2026, 11, 21))


ratios = st.lists(st.decimals("0.5", "3", places=3), min_size=3, max_size=3).map(
    lambda three: Spread(*sorted(three))
)
offers = st.sampled_from(
    [
        offer_for(model, method="sft", tier="global")
        for vendor in ("azure", "fireworks", "openai", "together")
        for model in models_of(vendor, method="sft")
    ]
)


def credible(row: RowTokens) -> RowTokens:
    """Trained tokens are among the billed ones, and no image is smaller than the smallest it can be."""
    seen = row.images
    if seen is not NO_IMAGES:
        most = {
            "most_tiles": seen.tiles + seen.most_tiles,
            "most_patches": seen.patches + seen.most_patches,
        }
        row = row._replace(images=seen._replace(**most))
    return row._replace(trained=min(row.trained, row.billed))


@given(
    st.lists(row_tokens.map(credible), max_size=6),
    st.integers(0, 6),
    caps,
    offers,
    ratios,
    st.booleans(),
)
def test_a_bill_is_the_same_in_any_order_and_its_ends_stand_in_order(
    rows: list[RowTokens],
    cut: int,
    cap: int | None,
    offer: Offer,
    ratio: Spread,
    is_estimated: bool,
) -> None:
    def of(counts: Counter[str]) -> Bill:
        return bill(
            offer,
            offer.training,
            counts,
            epochs=3,
            usage=Usage(requests=1000, baseline_tokens=500),
            today=date(2026, 11, 22),
            ratio=ratio if is_estimated else None,
            validation=counts,
        )

    whole = of(tally(rows, cap))
    assert of(tally(rows[cut:], cap) + tally(rows[:cut], cap)) == whole
    spreads = [
        whole.training.cost,
        whole.training.tokens,
        whole.training.validation_tokens,
        whole.month.hosting,
        whole.month.per_request,
        whole.month.inference,
    ]
    for spread in filter(None, spreads):
        assert 0 <= spread.low <= spread.expected <= spread.high


@given(st.integers(0, 10**7), st.integers(1, 30))
def test_the_suggested_epochs_lie_between_those_of_both_rules(examples: int, vendor: int) -> None:
    fact = Fact({"rule": "fixed", "epochs": vendor}, "a page", date(2026, 11, 22), "info")
    rules = epoch_rules(fact, examples)
    low, high = sorted((vendor, rules.cookbook.epochs))
    assert low <= rules.suggested <= high
    assert rules.suggested**2 <= low * high < (rules.suggested + 1) ** 2
