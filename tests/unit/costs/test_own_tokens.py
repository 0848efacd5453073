"""Tokens of a vocabulary that is not known: an estimate with its error, by the kind of text."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from ftdata import ReadOptions, estimate
from ftdata.api.scripts_seen import scripts_seen
from ftdata.catalog.model_catalog import model_vendors, models_of
from ftdata.catalog.vocabulary_catalog import load_vocabulary, vocabulary_for, vocabulary_names
from ftdata.costs.own_tokens import own_tokens_ratio
from ftdata.model import SCRIPTS, script_of
from ftdata.rules.shape.schema_check import SchemaCheck


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", "english"),
        ("12 + 30 = 42 :-)", "english"),
        ("for i in range(3):\n    print(i)  # naïve", "latin"),
        ("The meeting starts at nine; bring the figures.", "english"),
        ("Größere Änderungen übernimmt später die Straßenbehörde.", "latin"),
        ("请问今天的天气怎么样?", "cjk"),
        ("오늘 날씨는 어때요?", "cjk"),
        ("きょうの天気はどうですか。", "cjk"),
        ("ما هو الطقس اليوم؟", "other"),
        ("Какая сегодня погода?", "other"),
        ("API は HTTP の request を処理します。", "cjk"),
    ],
)
def test_the_kind_of_a_text(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize("name", vocabulary_names())
def test_every_vocabulary_has_ends_in_order_source_and_date(name: str) -> None:
    found = load_vocabulary(name)
    assert set(found.ratios) == set(SCRIPTS)
    for fact in found.ratios.values():
        low, expected, high = (Decimal(fact.value[end]) for end in ("low", "expected", "high"))
        assert 0 < low <= expected <= high < 4
        assert fact.source.startswith("measured by this project")
        assert fact.checked.isoformat() > "2026-11"
    widest = load_vocabulary("any")
    for kind, fact in found.ratios.items():
        assert Decimal(widest.ratios[kind].value["high"]) >= Decimal(fact.value["high"])
        assert Decimal(widest.ratios[kind].value["low"]) <= Decimal(fact.value["low"])


def test_vocabulary_files_fit_their_schema() -> None:
    from ftdata.catalog.catalog_file import read_catalog_file

    check = SchemaCheck({"$ref": "catalog/vocabulary.json"})
    for name in vocabulary_names():
        table = read_catalog_file("vocabularies", name, kind="vocabulary")
        assert not list(check.explain(json.loads(json.dumps(table, default=str))))


def test_a_model_has_the_vocabulary_that_its_name_begins_with() -> None:
    assert vocabulary_for("Qwen3-8B").name == "qwen"
    assert vocabulary_for("qwen3p5-9b").name == "any"  # the next generation has another one
    assert vocabulary_for("meta-llama-3.1-8b-instruct").name == "llama3"
    names = [model.name for vendor in model_vendors() for model in models_of(vendor)]
    for vocabulary in map(load_vocabulary, vocabulary_names()):
        for start in vocabulary.models:
            assert any(name.casefold().startswith(start.casefold()) for name in names), start


def test_the_ratio_is_that_of_the_kinds_by_their_tokens() -> None:
    half, note = own_tokens_ratio("Qwen3-8B", {"cjk": 50, "english": 50})
    english, _ = own_tokens_ratio("Qwen3-8B", {"english": 7})
    cjk, _ = own_tokens_ratio("Qwen3-8B", {"cjk": 7})
    assert half.expected == (english.expected + cjk.expected) / 2
    assert "50 % cjk, 50 % english; Qwen 2.5 and 3" in note.text
    unknown, note = own_tokens_ratio("Qwen3-8B", {})
    assert unknown.low == min(english.low, cjk.low)
    assert unknown.high >= cjk.high
    assert "any text" in note.text


def test_the_first_rows_say_the_kind(tmp_path: Path) -> None:
    rows = [{"text": "Größere Änderungen übernimmt die Behörde."}, {"text": "Good morning."}]
    seen = scripts_seen(rows, ReadOptions(), encoding="o200k_base")
    assert set(seen) == {"english", "latin"}
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n", "utf-8")
    assert scripts_seen(str(path), ReadOptions(), encoding="o200k_base") == seen
    assert scripts_seen(iter(rows), ReadOptions(), encoding="o200k_base") == {}


def test_what_is_known_is_not_estimated() -> None:
    row = {"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]}
    (own,) = estimate([row], target="openai-sft", models=["gpt-4.1"]).quotes
    (other,) = estimate([row], target="together-sft", models=["Qwen3-8B"]).quotes
    stated = estimate(
        [row], target="together-sft", models=["Qwen3-8B"], tokenizer="o200k_base"
    ).quotes[0]
    assert (own.estimated, other.estimated, stated.estimated) == (False, True, False)
    assert other.bill is not None
    assert other.bill.training.tokens.low < other.bill.training.tokens.high
    assert stated.bill is not None
    assert stated.bill.training.tokens.is_exact


def test_the_job_of_fireworks_that_cost_40_59() -> None:
    """5,081 rows, 2 epochs, 13.53 million tokens, a model of 30B: 40.59 USD."""
    tokens, rows = 6_765_000, 5_081
    each, longer = divmod(tokens, rows)

    def row(length: int) -> dict[str, object]:
        answer = " a" * (length - 10)
        return {
            "messages": [
                {"role": "user", "content": "hi"},
                {"role": "assistant", "content": answer},
            ]
        }

    long, short = row(each + 1), row(each)
    result = estimate(
        [long] * longer + [short] * (rows - longer),
        target="fireworks-sft",
        models=["a-model-of-30b"],
        parameters=Decimal(30),
        epochs=2,
        tokenizer="o200k_base",
    )
    (quote,) = result.quotes
    assert quote.training_tokens == 13_530_000
    assert quote.cost == Decimal("40.59")
