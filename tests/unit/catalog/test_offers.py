"""An offer is all that a vendor charges for a model; golden figures hold."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from ftdata.catalog.billing_catalog import billing_of
from ftdata.catalog.model_catalog import load_model
from ftdata.catalog.offers import models_for, offer_for, trainable
from ftdata.catalog.price_catalog import CATALOG, training_price
from ftdata.catalog.target_catalog import load_target
from ftdata.costs.training import training_cost, training_costs
from ftdata.model import Fact, Model, Price
from tests.shared_data import SHARED

TODAY = date(2026, 11, 21)


def of_size(vendor: str, billions: str, method: str = "sft") -> Model:
    size = Fact(Decimal(billions), "the user", TODAY, "info")
    return Model("mine", vendor, "mine", (), (method,), None, {"parameters_billion": size})


def rate(vendor: str, billions: str, **where: str) -> Decimal | None:
    price = CATALOG.training_price(of_size(vendor, billions), **where)  # type: ignore[arg-type]
    return None if price is None else price.usd_per_million_tokens


@pytest.mark.parametrize(
    ("vendor", "billions", "where", "amount"),
    [
        ("together", "8", {"method": "sft"}, "0.48"),
        ("together", "8", {"method": "sft", "tuning": "full"}, "0.54"),
        ("together", "8", {"method": "dpo", "tuning": "lora"}, "1.2"),
        ("together", "16", {"method": "sft"}, "0.48"),
        ("together", "16.1", {"method": "sft"}, "1.5"),
        ("together", "69", {"method": "dpo", "tuning": "full"}, "4.12"),
        ("together", "70", {"method": "sft"}, "2.9"),
        ("together", "100", {"method": "dpo", "tuning": "full"}, "8"),
        ("together", "101", {"method": "sft"}, None),
        ("fireworks", "0.27", {"method": "sft"}, "0.5"),
        ("fireworks", "30", {"method": "sft"}, "3"),
        ("fireworks", "30", {"method": "dpo"}, "6"),
        ("fireworks", "235", {"method": "sft"}, "6"),
        ("fireworks", "671", {"method": "sft"}, "10"),
        ("fireworks", "8", {"method": "rft"}, "0"),
        ("ori", "10", {"method": "sft"}, "0.46"),
        ("ori", "10.1", {"method": "sft"}, None),
    ],
)
def test_a_price_follows_from_the_size(
    vendor: str, billions: str, where: dict[str, str], amount: str | None
) -> None:
    assert rate(vendor, billions, **where) == (None if amount is None else Decimal(amount))


def test_a_model_of_unknown_size_has_the_range_of_all() -> None:
    model = Model("mine", "fireworks", "mine", (), ("sft",), None, {})
    price = CATALOG.training_price(model, method="sft")
    assert price is not None
    assert (price.usd_per_million_tokens, price.most_usd_per_million_tokens) == (Decimal("0.5"), 40)
    assert training_costs(10**6, 2, price) == (1, 80)
    assert training_cost(10**6, 2, price) == 80


def test_the_real_bill_of_fireworks() -> None:
    """5,081 rows of 13.5 million tokens in 2 epochs, a model of 30B: 40.59 USD."""
    price = CATALOG.training_price(of_size("fireworks", "30"), method="sft", on=TODAY)
    assert price is not None
    assert training_cost(6_765_000, 2, price) == Decimal("40.59")
    least, most = (training_cost(half, 2, price) for half in (6_725_000, 6_775_000))
    assert least is not None
    assert most is not None
    assert least <= Decimal("40.59") <= most  # whatever was rounded to 13.5 million


def test_the_example_of_ori_bills_validation_too() -> None:
    offer = offer_for(of_size("ori", "8"), method="sft")
    assert offer.billing["validation_billed"].value is True
    assert offer.training is not None
    assert training_cost(3 * 5_000_000 + 1_000_000, 1, offer.training) == Decimal("7.36")


AZURE = ["gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "o4-mini", "gpt-4o"]
SWEDEN = {"gpt-4o": "1.10"}
NOT_THERE = {  # regions in which a model cannot be trained
    *((name, "southeastasia") for name in AZURE if name != "gpt-4o"),
    *(("gpt-4o", "northeurope"), ("o4-mini", "northeurope")),
}


@pytest.mark.parametrize("name", AZURE)
@pytest.mark.parametrize(
    ("tier", "region", "ratio"),
    [
        ("datazone", None, "1.10"),
        ("regional", "eastus2", "1.10"),
        ("regional", "swedencentral", "1.21"),
        ("regional", "northeurope", "1.32"),
        ("regional", "southeastasia", "1.32"),
        ("developer", None, "0.50"),
    ],
)
def test_ratios_of_azures_tiers(name: str, tier: str, region: str | None, ratio: str) -> None:
    usual = training_price("azure", name)
    price = training_price("azure", name, tier=tier, region=region)
    assert usual is not None
    if price is None:
        assert region in (
            "northeurope",
            "southeastasia",
            "eastus2",
        )  # not every region has every model
        return
    wanted = Decimal(SWEDEN.get(name, ratio) if region == "swedencentral" else ratio)
    amounts = [
        (usual.usd_per_million_tokens, price.usd_per_million_tokens),
        (usual.usd_per_hour, price.usd_per_hour),
    ]
    for base, amount in amounts:
        assert (base is None) is (amount is None)
        assert base is None or amount == base * wanted


def test_azures_global_price_is_openais() -> None:
    for name in ("gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "gpt-4o", "gpt-4o-mini"):
        azure, openai = training_price("azure", name), training_price("openai", name)
        assert azure is not None
        assert openai is not None
        assert azure.usd_per_million_tokens == openai.usd_per_million_tokens


def test_an_offer_has_every_price_of_its_place() -> None:
    offer = offer_for(
        load_model("gpt-4.1", vendor="azure"), method="sft", tier="regional", region="swedencentral"
    )
    assert offer.training is not None
    assert offer.inference is not None
    assert offer.training.usd_per_million_tokens == Decimal("30.25")
    assert offer.inference.usd_per_million_output_tokens == Decimal("9.68")
    assert [price.usd_per_hour for price in offer.hosting] == [Decimal("1.7")]
    assert offer.billing["hosting"].value == "required"
    assert offer.minimum_usd is None  # not known, and not 0


def test_an_offer_of_openai_has_batch_prices_no_hosting_and_no_minimum() -> None:
    offer = offer_for(load_model("gpt-4.1-mini", vendor="openai"), method="sft", on=TODAY)
    assert offer.batch is not None
    assert offer.batch.usd_per_million_input_tokens == Decimal("0.4")
    assert [price.usd_per_hour for price in offer.hosting] == [0]
    assert (offer.minimum_usd, offer.billing["hosting"].value) == (0, "none")
    assert offer.billing["validation_billed"].value is False


def test_hosting_is_chosen_among_gpus() -> None:
    hosting = offer_for(of_size("fireworks", "8"), method="sft").hosting
    assert {price.gpu: price.usd_per_hour for price in hosting} == {
        "H100": 7,
        "H200": 7,
        "B200": 10,
        "B300": 12,
    }


def test_what_was_not_found_is_a_gap_and_not_a_price() -> None:
    offer = offer_for(load_model("nova-pro", vendor="bedrock"), method="sft")
    assert (offer.training, offer.hosting) == (None, ())
    assert {gap.kind for gap in offer.gaps} == {"training", "hosting"}
    assert all(gap.note for gap in offer.gaps)


def test_the_deprecated_service_of_mistral_has_a_minimum_and_storage() -> None:
    offer = offer_for(of_size("mistral-api", "7"), method="sft")
    assert offer.minimum_usd == 4
    assert offer.storage is not None
    assert offer.storage.usd_per_month == 2
    assert offer.training is None


def test_terms_that_nobody_wrote_down_are_absent() -> None:
    assert billing_of("nobody") == {}


def test_many_models_can_be_trained_on_a_day_and_none_that_is_retired() -> None:
    pairs = trainable(TODAY)
    names = {(target.id, model.name) for target, model in pairs}
    assert len(names) == len(pairs) > 40
    assert ("openai-sft", "gpt-4.1-2025-04-14") in names
    assert ("openai-sft", "gpt-4.1-nano-2025-04-14") not in names
    assert ("fireworks-sft", "80B to 300B") in names
    assert ("bedrock-llama-sft", "meta.llama3-1-8b-instruct-v1") in names
    assert ("bedrock-nova-sft", "meta.llama3-1-8b-instruct-v1") not in names
    assert not {target.id for target, _ in pairs} & {"openai-rft", "trl-sft"}
    later = {target.vendor for target, _ in trainable(date(2027, 1, 6))}
    assert "openai" not in later
    assert {"azure", "google", "together", "fireworks", "bedrock", "nebius"} <= later


def test_a_class_stands_only_for_sizes_that_no_model_has() -> None:
    names = [model.name for model in models_for(load_target("fireworks-sft"))]
    assert "qwen3-8b" in names
    assert "up to 16B" not in names
    assert models_for(load_target("trl-sft")) == []


VENDORS = {"aws-bedrock": "bedrock", "mistral": "mistral-api"}
METHODS = {("aws-bedrock", "sft"): "completion"}  # its rows are a prompt and a completion
BY_NAME = {"openai", "azure", "google"}  # all others price classes


def rows() -> Iterator[dict[str, str]]:
    path = SHARED.parent / "facts" / "prices.tsv"
    if not path.exists():
        pytest.skip("the table of researched prices is not beside this checkout")
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t")


@pytest.mark.shared_data
def test_every_researched_price_is_in_the_catalog() -> None:
    """Row by row: training, use of the tuned model and hosting, each under its tier and in its region."""
    missing = [
        (row["vendor"], row["model"], row["method"], demand)
        for row in rows()
        for demand in _demands(row)
        if not any(_meets(price, demand) for price in _at_the_place(row))
    ]
    assert missing == []


def _at_the_place(row: dict[str, str]) -> list[Price]:
    """The prices of the row's model, tier and region; suspect ones are among them."""
    vendor = VENDORS.get(row["vendor"], row["vendor"])
    _, _, rest = row["method"].partition(";")
    place = dict(part.strip().partition("=")[::2] for part in rest.split(";") if "=" in part)
    tier = next((tier for tier in ("batch", "data-sharing") if tier in rest), place.get("tier"))
    tier = "any" if tier == "grader" else tier
    return [
        price
        for one in CATALOG.lists(vendor)
        for price in one.prices
        if tier in (None, price.tier)
        and place.get("region") in (None, price.region)
        and (vendor not in BY_NAME or _is_called(price, row["model"]))
    ]


def _is_called(price: Price, model: str) -> bool:
    name, ours = model.casefold().split(" (")[0].removesuffix("-8k"), price.model.casefold()
    return ours == name or (price.kind == "grading" and ours.startswith(f"{name}-20"))


def _demands(row: dict[str, str]) -> Iterator[dict[str, Decimal | str | bool]]:
    """What some price has to be, by the names of its fields."""
    methods = row["method"].partition(";")[0].replace("preference", "dpo").split("|")
    method = methods[0] if "low end" in row["method"] else methods[-1]
    method = METHODS.get((row["vendor"], method), method)
    if row["train_per_1M"]:
        most = "most_" if "full range" in row["method"] else ""
        if "high end" in row["method"] and "specialised" in row["model"]:
            most = "most_"
        yield {f"{most}usd_per_million_tokens": Decimal(row["train_per_1M"]), "methods": method}
    if row["train_per_hour"]:
        method = method.replace("deployment", "rft")
        yield {"usd_per_hour": Decimal(row["train_per_hour"]), "methods": method}
    if row["output"]:
        columns = {name: row[name] for name in ("input", "cached_input", "output") if row[name]}
        yield {f"usd_per_million_{name}_tokens": Decimal(its) for name, its in columns.items()}
    if row["hosting_per_hour"] and "; " not in row["method"].replace("; tier", ""):
        yield {"usd_per_hour": Decimal(row["hosting_per_hour"]), "kind": "hosting"}
    if not any(row[name] for name in ("train_per_1M", "train_per_hour", "output")):
        yield {"unknown": True, "kind": "training"}


def _meets(price: Price, demand: dict[str, Decimal | str | bool]) -> bool:
    return all(
        value in price.methods if name == "methods" else getattr(price, name) == value
        for name, value in demand.items()
    )
