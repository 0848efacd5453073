"""A user's file of prices is read like the catalog's, or refused by file, key, found and allowed."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ftdata.catalog.model_catalog import load_model
from ftdata.catalog.price_catalog import CATALOG, PriceBook
from ftdata.catalog.price_file import read_price_file
from ftdata.errors import FaultyPrices, UnreadableSource, UsageError

GOOD = """
as_of = 2026-11-01
source = "our contract of 2026"

[[price_lists]]
vendor = "openai"
model = "gpt-4.1-2025-04-14"
prices = [
  { kind = "training", methods = ["sft"], tier = "global", usd_per_million_tokens = "20" },
  { kind = "hosting", tier = "global", regions = ["here", "there"], usd_per_hour = "3" },
]

[[price_lists]]
vendor = "together"
models = { title = "tiny", parameters_billion = { up_to = 4 } }
as_of = "2026-09"
checked = 2026-10-01
prices = [{ kind = "training", methods = ["sft"], tier = "global", usd_per_million_tokens = "0.1" }]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "prices.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_several_lists_share_what_stands_above_them(file: Path) -> None:
    one, other = read_price_file(str(file))
    assert one.scope.names == ("gpt-4.1-2025-04-14",)
    assert [price.region for price in one.prices] == [None, "here", "there"]
    assert {price.checked for price in one.prices} == {date(2026, 11, 1)}
    assert one.prices[0].usd_per_million_tokens == Decimal(20)
    (price,) = other.prices
    assert (price.as_of, price.listed) == (date(2026, 9, 1), "2026-09")
    assert (price.source, price.model) == ("our contract of 2026", "tiny")


def test_they_stand_over_the_catalog_by_kind_and_not_for_other_models(file: Path) -> None:
    book = PriceBook(read_price_file(str(file)))
    model = load_model("gpt-4.1", vendor="openai")
    own = book.training_price(model, method="sft")
    assert own is not None
    assert own.usd_per_million_tokens == 20
    assert book.training_price(model, method="dpo") == CATALOG.training_price(model, method="dpo")
    assert book.find(model, "inference") == CATALOG.find(model, "inference")
    small, large = (load_model(name, vendor="together") for name in ("Qwen3-4B", "Qwen3-8B"))
    tiny = book.training_price(small, method="sft")
    assert tiny is not None
    assert tiny.usd_per_million_tokens == Decimal("0.1")
    assert book.training_price(large, method="sft") == CATALOG.training_price(large, method="sft")


@pytest.mark.parametrize(
    ("old", "new", "key", "found", "allowed"),
    [
        (
            *('usd_per_million_tokens = "20"', "usd_per_million_tokens = 20"),
            *("price_lists[0].prices[0].usd_per_million_tokens", "20"),
            "text in quotes, so that no digit is lost",
        ),
        (
            *('"20"', '"20 USD"'),
            *("price_lists[0].prices[0].usd_per_million_tokens", "'20 USD'"),
            'a number as text, such as "0.25"',
        ),
        (
            *('tier = "global", regions', 'tier = "cheap", regions'),
            *("price_lists[0].prices[1].tier", "'cheap'"),
            "global, datazone, regional, developer, batch, data-sharing, base, any",
        ),
        (
            *('source = "our contract of 2026"\n', ""),
            *("price_lists[0]", "no source"),
            "one with vendor, currency, as_of, checked, source, prices",
        ),
        (
            *(
                'methods = ["sft"], tier = "global", usd_per_million_tokens = "20"',
                'tier = "global"',
            ),
            *("price_lists[0].prices[0]", "no methods"),
            "one with methods",
        ),
        (
            *('vendor = "openai"', 'vendr = "openai"'),
            *("price_lists[0]", "vendr"),
            "as_of, certain, checked, currency, model, models, prices, source, vendor",
        ),
        (
            *("as_of = 2026-11-01", 'as_of = "soon"'),
            *("as_of", "'soon'"),
            'a day, such as 2026-11-21; where the list has none, the month or the year as text: "2026-11"',
        ),
        (
            *('usd_per_hour = "3"', 'usd_per_hour = "0"'),
            *("price_lists[0].prices[1].usd_per_hour", "0"),
            "more than 0, or a note that says why it is free",
        ),
        (
            *('["here", "there"]', '["here", "here"]'),
            *("price_lists[0].prices[1].regions", "['here', 'here']"),
            "uniqueItems True",
        ),
    ],
)
def test_what_is_wrong_is_named_by_file_and_key(
    file: Path, old: str, new: str, key: str, found: str, allowed: str
) -> None:
    assert old in GOOD
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultyPrices) as caught:
        read_price_file(str(file))
    error = caught.value
    assert (error.file, error.key, error.found, error.allowed) == (str(file), key, found, allowed)
    assert str(error) == f"{file}: {key}: found {found}; allowed: {allowed}"
    assert isinstance(error, UsageError)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301


@pytest.mark.parametrize("text", ["price_lists = []", "", "as_of = 2026-11-01"])
def test_a_file_without_a_list_is_refused(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyPrices, match="price_lists"):
        read_price_file(str(file))


def test_a_file_that_is_missing_or_no_toml_is_unreadable(file: Path) -> None:
    with pytest.raises(UnreadableSource):
        read_price_file(str(file.with_name("missing.toml")))
    for bad in (b"a = ", b"\xff\xfe"):
        file.write_bytes(bad)
        with pytest.raises(UnreadableSource, match="not TOML"):
            read_price_file(str(file))


def test_a_mark_at_the_beginning_of_the_file_is_no_fault(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert len(read_price_file(str(file))) == 2


ROOT = Path(__file__).resolve().parents[3]


def block(page: str, begins: str) -> str:
    """The fenced block of a page that begins with some text."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return text[text.index(f"\n{begins}") + 1 :].partition("\n```")[0]


def test_the_example_of_the_guide_is_a_good_file(file: Path) -> None:
    text = block("docs/prices.md", "as_of = ")
    file.write_text(text, encoding="utf-8")
    assert len(read_price_file(str(file))) == 2
    wrong = text.replace('"2", usd', '"2", usd_per_million_cached_input_tokens = "44", usd')
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(FaultyPrices) as caught:
        read_price_file(str(file))
    said = f"ftdata: {caught.value}".replace(str(file), file.name)
    assert said == block("docs/prices.md", "ftdata: ").replace("\n", " ")


def test_the_example_for_contributors_is_a_good_list(file: Path) -> None:
    text = "[[price_lists]]\n" + block("CONTRIBUTING.md", "models = ")
    file.write_text(text, encoding="utf-8")
    (prices,) = read_price_file(str(file))
    assert [price.unknown for price in prices.prices] == [False, True]
