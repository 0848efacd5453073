"""`ftdata prices`: every price with its date and source, readable at 100 columns, and as JSON."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ftdata.catalog.catalog_file import catalog_names
from ftdata.rules.shape.schema_check import SchemaCheck

from .conftest import Ftdata

DAY = int(datetime(2026, 11, 21, tzinfo=timezone.utc).timestamp())
OWN = """
as_of = 2026-11-01
source = "our contract of 2026"

[[price_lists]]
vendor = "openai"
model = "gpt-4.1-2025-04-14"
prices = [{ kind = "training", methods = ["sft"], tier = "global", usd_per_million_tokens = "20" }]

[[price_lists]]
vendor = "acme"
models = { title = "small ones", parameters_billion = { up_to = 9 } }
prices = [{ kind = "training", methods = ["sft"], tier = "global", usd_per_million_tokens = "0.1" }]
"""


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))


def listed(ftdata: Ftdata, *arguments: object) -> list[dict[str, Any]]:
    report = json.loads(ftdata("prices", "--output-format", "json", *arguments).out)
    assert list(SchemaCheck({"$ref": "output/prices.json"}).explain(report)) == []
    prices: list[dict[str, Any]] = report["prices"]
    return prices


def test_every_vendor_is_listed_in_a_hundred_columns(ftdata: Ftdata) -> None:
    text = ftdata("prices").out
    for vendor in catalog_names("prices"):
        assert re.search(rf"^{vendor}$", text, re.MULTILINE), vendor
    assert max(map(len, text.splitlines())) <= 100


def test_every_line_with_a_price_has_a_date_and_a_source(ftdata: Ftdata) -> None:
    for block in ftdata("prices").out.split("\n\n")[:-1]:
        lines = [line for line in block.splitlines()[2:] if not re.match(r"\[|!|no new|    ", line)]
        assert lines
        for line in lines:
            numbers = re.findall(r"\[(\d+)\]", line)
            assert re.search(r" 20\d\d(-\d\d){0,2}!?\?? \[", line), line
            assert all(f"\n[{number}] " in block for number in numbers), line


def test_a_model_is_listed_with_every_tier_and_region_at_each_vendor(ftdata: Ftdata) -> None:
    text = ftdata("prices", "gpt-4.1-mini").out
    assert "gpt-4.1-mini (azure)" in text
    assert "gpt-4.1-mini-2025-04-14 (openai)" in text
    assert re.search(r"^sft dpo +regional swedencentral +6\.05 +1\.7 +0\.484 +1\.936 ", text, re.M)
    only = ftdata("prices", "gpt-4.1-mini", "--vendor", "azure").out
    assert "openai" not in only


def test_a_model_has_the_price_of_its_size(ftdata: Ftdata) -> None:
    text = ftdata("prices", "Qwen/Qwen3-8B").out
    assert re.search(r"^sft lora +global +0\.48 ", text, re.MULTILINE)
    assert re.search(r"^dpo full +global +1\.35 ", text, re.MULTILINE)


def test_a_target_chooses_vendor_and_method(ftdata: Ftdata) -> None:
    text = ftdata("prices", "--target", "fireworks-dpo").out
    assert text.startswith("fireworks\n")
    assert re.search(r"^up to 16B +dpo +1 ", text, re.MULTILINE)
    assert not re.search(r"^up to 16B +sft", text, re.MULTILINE)


def test_unknown_is_said_and_never_zero(ftdata: Ftdata) -> None:
    text = ftdata("prices", "--vendor", "nebius").out
    assert re.search(r"^any model +sft +unknown ", text, re.MULTILINE)
    (price,) = listed(ftdata, "--vendor", "nebius")
    assert price["unknown"] is True
    assert price["usd_per_million_tokens"] is None
    assert price["note"]


def test_old_prices_are_marked_by_an_age_that_can_be_set(ftdata: Ftdata) -> None:
    assert "2026-10-08 [" in ftdata("prices", "--vendor", "fireworks").out
    text = ftdata("prices", "--vendor", "fireworks", "--price-age", "30").out
    assert "2026-10-08! [" in text
    assert "! listed more than 30 days ago" in text
    assert {price["old"] for price in listed(ftdata, "--price-age", "100000")} == {False}


def test_json_has_all_tiers_and_no_suspect_price(ftdata: Ftdata) -> None:
    prices = listed(ftdata)
    assert {price["vendor"] for price in prices} == set(catalog_names("prices"))
    assert {price["tier"] for price in prices} >= {"global", "datazone", "regional", "developer"}
    for price in prices:
        assert price["as_of"]
        assert price["source"]
        cached, entered = (
            price[f"usd_per_million_{name}_tokens"] for name in ("cached_input", "input")
        )
        assert cached is None or Decimal(cached) <= Decimal(entered)


def test_prices_of_the_user_stand_over_the_catalogs(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "prices.toml").write_text(OWN, encoding="utf-8")
    text = ftdata("prices", "gpt-4.1", "--vendor", "openai", "--prices", "prices.toml").out
    assert re.search(r"^sft +global +20 +free +3 +12 ", text, re.MULTILINE)
    assert "our contract of 2026" in text
    acme = ftdata("prices", "--vendor", "acme", "--prices", "prices.toml").out
    assert re.search(r"^small ones +sft +0\.1 +2026-11-01 \[1\]$", acme, re.MULTILINE)


def test_a_file_of_prices_can_stand_in_the_configuration(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.ftdata]\nprices = "own.toml"\n', "utf-8")
    assert "small ones" in ftdata("prices", "--vendor", "acme").out


def test_wrong_use_is_said(ftdata: Ftdata, tmp_path: Path) -> None:
    assert ftdata("prices", "--vendor", "nobody").code == 2
    assert "did you mean gpt-4.1-mini" in ftdata("prices", "gpt-4.1-minni").err
    assert ftdata("prices", "--prices", "missing.toml").code == 2
    (tmp_path / "prices.toml").write_text(OWN.replace('"20"', "20"), encoding="utf-8")
    outcome = ftdata("prices", "--prices", "prices.toml")
    assert outcome.code == 2
    assert "prices.toml: price_lists[0].prices[0].usd_per_million_tokens: found 20;" in outcome.err
