"""Azure's part of the catalog is what the script makes of Azure's own list, to the byte."""

from __future__ import annotations

import copy
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
CATALOG = ROOT / "src" / "ftdata" / "catalog" / "prices" / "azure"
#: Some models of the snapshot of 2026-08-11 in azure-genai-prices 0.2.0 (MIT), and some other meters.
SLICE = ROOT / "tests" / "cases" / "feeds" / "azure_snapshot.json"
MODELS = {
    "Ministral-3B",
    "gpt-4-0613",
    "gpt-4o-mini-2024-07-18",
    "gpt-oss-20b",
    "o3",
    "o3-mini",
}


@pytest.fixture(scope="module")
def feed() -> ModuleType:
    """feeds/azure_prices.py, which is no package and finds its module beside itself."""
    sys.path.insert(0, str(ROOT / "feeds"))
    try:
        import azure_prices as module
    finally:
        sys.path.remove(str(ROOT / "feeds"))
    return module


@pytest.fixture
def snapshot() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(SLICE.read_text(encoding="utf-8"))
    return read


def test_the_committed_files_are_what_the_script_makes(
    feed: ModuleType, snapshot: dict[str, Any]
) -> None:
    files = feed.price_files(snapshot)
    assert files.keys() == {f"{model}.toml" for model in MODELS}
    for name, text in files.items():
        assert text == (CATALOG / name).read_text(encoding="utf-8"), name


def test_the_order_of_the_list_does_not_matter(feed: ModuleType, snapshot: dict[str, Any]) -> None:
    turned = {**snapshot, "items": snapshot["items"][::-1]}
    assert feed.price_files(turned) == feed.price_files(snapshot)


def test_a_newer_price_of_a_region_stands_over_an_older_one(
    feed: ModuleType, snapshot: dict[str, Any]
) -> None:
    item = next(one for one in snapshot["items"] if one["meterName"] == "OSS 20b FT DZ Tokens")
    newer = copy.deepcopy(item)
    newer.update(retailPrice=0.0041, effectiveStartDate="2026-08-01T00:00:00Z")
    snapshot["items"].append(newer)
    assert (
        'tier = "datazone", usd_per_million_tokens = "4.1"'
        in feed.price_files(snapshot)["gpt-oss-20b.toml"]
    )


def test_an_unknown_meter_of_fine_tuning_stops_the_script(
    feed: ModuleType, snapshot: dict[str, Any]
) -> None:
    snapshot["items"][0]["meterName"] = "gpt-9-FT-Trng-glbl Tokens"
    with pytest.raises(Exception, match="no model is called 'gpt 9'"):
        feed.price_files(snapshot)


def test_check_names_the_files_that_differ(
    feed: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert feed.main(["--check", str(SLICE)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert "gpt-4.1.toml: only in one of both" in said  # the slice has no meter of it
    assert not [line for line in said if "differs" in line]
    assert feed.main([]) == 2


@pytest.mark.skipif(find_spec("azure_genai_prices") is None, reason="needs azure-genai-prices")
def test_the_whole_list_gives_all_files(feed: ModuleType) -> None:
    spec = find_spec("azure_genai_prices")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "data" / "snapshot.json"
    files = feed.price_files(json.loads(path.read_text(encoding="utf-8")))
    written = {path.name: path.read_text(encoding="utf-8") for path in CATALOG.glob("*.toml")}
    assert files == written
