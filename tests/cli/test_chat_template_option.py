"""`--chat-template`: what the template of a model does to rows, and how many tokens it makes of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ftdata import validate
from ftdata.engines.engine import EngineChoice
from ftdata.engines.validation import validate_sources
from ftdata.errors import UsageError
from ftdata.model import RENDERED, ReadOptions, TemplateName, ValidatePlan
from ftdata.operators.judging import judge_of
from ftdata.readers.sources import find_sources
from ftdata.templates.loading import read_templates
from tests.unit.templates.small_model import TEMPLATE, write_model

from .conftest import Ftdata

DAY = "2026-11-22"


def chat(*texts: str, **more: object) -> str:
    roles = ("user", "assistant") * len(texts)
    turns = [{"role": role, "content": text} for role, text in zip(roles, texts, strict=False)]
    return json.dumps({"messages": turns, **more}) + "\n"


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """30 rows of two shapes, and one whose tools the template leaves out."""
    path = tmp_path / "rows.jsonl"
    tool = {"type": "function", "function": {"name": "f", "parameters": {}}}
    many = "".join(chat("hello", "there") + chat("hi", "ho", "he", "ha") for _ in range(15))
    path.write_text(many + chat("hello", "world", tools=[tool]))
    write_model(tmp_path / "model", adds_bos=True)
    return path


def test_validate_says_what_the_template_does(ftdata: Ftdata, rows: Path) -> None:
    outcome = ftdata(
        "validate",
        rows.name,
        "--target",
        "trl-sft",
        "--chat-template",
        "model",
        "--count",
        "--ignore",
        "FT704,FT614",
    )
    lines = outcome.out.splitlines()
    assert "rows.jsonl:1 FT717" in lines[0]
    assert "rows.jsonl:1 FT719" in lines[1]
    assert "rows.jsonl:31 /tools/0 FT712" in lines[2]
    assert outcome.code == 0
    tokens = sum(counted_by_hand(rows))
    assert lines[-1].endswith(f"{tokens:,} tokens (trl-sft)")


def counted_by_hand(rows: Path) -> list[int]:
    tokenizer = write_model(rows.parent / "model", adds_bos=True)
    counts = []
    for line in rows.read_text().splitlines():
        turns = json.loads(line)["messages"]
        text = "".join(f"<|{turn['role']}|>{turn['content']}</s>" for turn in turns)
        counts.append(len(tokenizer.encode(f"<s>{text}", add_special_tokens=False).ids))
    return counts


def test_every_row_of_a_shape_is_a_finding(tmp_path: Path) -> None:
    write_model(tmp_path, "{{ raise_exception('no') if messages | length > 2 }}" + TEMPLATE)
    rows = [json.loads(chat("a", "b", "c", "d")), json.loads(chat("a", "b"))] * 500
    report = validate(rows, target="trl-sft", chat_template=tmp_path, keep=3).report
    assert report.by_code["FT711"] == 500
    assert report.invalid == 500


def test_the_token_limit_is_judged_by_what_is_rendered(tmp_path: Path) -> None:
    write_model(tmp_path)
    long = json.loads(chat("hello " * 30, "there " * 30))
    result = validate(
        [json.loads(chat("a", "b")), long],
        target="trl-sft",
        chat_template=tmp_path,
        max_tokens=60,
        select=("FT50",),
    )
    assert [(one.line, one.code, one.pointer) for one in result.findings] == [
        (2, "FT502", "/messages/1")
    ]
    cut = validate(
        [long], target="trl-sft", chat_template=tmp_path, max_tokens=20, select=("FT50",)
    )
    assert [one.code for one in cut.findings] == ["FT503"]


def test_estimate_counts_rendered_rows(ftdata: Ftdata, rows: Path) -> None:
    outcome = ftdata(
        "estimate", rows.name, "--target", "trl-sft", "--chat-template", "model",
        "--output-format", "json",
    )  # fmt: skip
    (model,) = json.loads(outcome.out)["models"]
    assert model["tokens"] == sum(counted_by_hand(rows))
    assert model["tokenizer"] == RENDERED
    assert any("counted once" in note for note in model["notes"])


def test_pairs_are_counted_as_they_are_trained_on(tmp_path: Path) -> None:
    tokenizer = write_model(tmp_path)
    said = {"role": "user", "content": "hello"}
    answers = [[{"role": "assistant", "content": text}] for text in ("there", "world")]
    row = {"prompt": [said], "chosen": answers[0], "rejected": answers[1]}
    result = validate([row], target="trl-dpo", chat_template=tmp_path, count_tokens=True)
    texts = [f"<s><|user|>hello</s><|assistant|>{text}</s>" for text in ("there", "world")]
    counts = [len(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts]
    assert result.tokens == sum(counts)
    assert result.report.tokens[f"{RENDERED}:"]["rows"] == 1


def test_any_units_on_any_number_of_processes_give_the_same_report(rows: Path) -> None:
    folder = str(rows.parent / "model")
    name = TemplateName(folder, read_templates(folder).digest, DAY, counts=True)
    plan = ValidatePlan(target="trl-sft", chat_template=name, counts=((RENDERED, None),))
    sources = find_sources([str(rows)], ReadOptions())
    alone = validate_sources(plan, sources, ReadOptions()).to_json()
    choice = EngineChoice("local", 2, None)
    shared = validate_sources(
        plan, sources, ReadOptions(), choice=choice, unit_bytes=500, least_bytes=1
    )
    assert shared.to_json() == alone


def test_a_template_that_changed_meanwhile_is_not_used(rows: Path) -> None:
    folder = str(rows.parent / "model")
    name = TemplateName(folder, "other", DAY)
    with pytest.raises(UsageError, match="not the same"):
        judge_of(ValidatePlan(target="trl-sft", chat_template=name))


def test_the_day_is_that_of_the_run(tmp_path: Path) -> None:
    (tmp_path / "t.jinja").write_text("{{ strftime_now('%Y') }}{{ messages[0].content }}")
    rows = [json.loads(chat("a", "b"))]
    found = validate(
        rows, chat_template=tmp_path / "t.jinja", select=("FT716",), today=date(2030, 5, 5)
    )
    assert "2030-05-05" in found.findings[0].message


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("validate", "--chat-template", "absent"), "absent"),
        (("validate", "--chat-template", "broken.jinja"), "cannot be compiled"),
        (("estimate", "--chat-template", "broken.jinja"), "no tokenizer.json"),
        (("estimate", "--chat-template", "model", "--tokenizer", "o200k_base"), "both say"),
    ],
)
def test_wrong_use_is_said(
    ftdata: Ftdata, rows: Path, arguments: tuple[str, ...], said: str
) -> None:
    (rows.parent / "broken.jinja").write_text("{% for %}")
    outcome = ftdata(arguments[0], rows.name, "--target", "trl-sft", *arguments[1:])
    assert outcome.code == 2
    assert said in outcome.err
