"""What convert writes beside its rows, for trainers that need more than these."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ftdata import convert
from ftdata.catalog.target_catalog import load_target, target_ids
from tests.cli.conftest import Ftdata

ROWS = [{"question": f"What is {n} + 1?", "answer": str(n + 1)} for n in range(40)]
WITH_SIDE_FILES = [name for name in target_ids() if load_target(name).side_files]


@pytest.fixture(autouse=True)
def questions(ftdata: Ftdata) -> None:  # noqa: ARG001 - it makes the folder
    Path("faq.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in ROWS), encoding="utf-8")


def dataset_info() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path("data/dataset_info.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("target", ["llamafactory-alpaca", "llamafactory-sharegpt"])
def test_an_entry_for_llamafactory_names_every_column_of_the_rows(
    ftdata: Ftdata, target: str
) -> None:
    outcome = ftdata("convert", "faq.jsonl", "--to", target, "-o", "data/faq.jsonl")
    assert outcome.code == 0
    assert "data/dataset_info.json: written" in outcome.err
    entry = dataset_info()["faq"]
    row = json.loads(Path("data/faq.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert entry["file_name"] == "faq.jsonl"
    assert set(entry["columns"].values()) == row.keys()
    if target == "llamafactory-sharegpt":
        tags = entry["tags"]
        turn = row["conversations"][0]
        assert [*turn] == [tags["role_tag"], tags["content_tag"]]
        assert turn["from"] == tags["user_tag"]


def test_entries_of_others_and_changes_by_hand_stay(ftdata: Ftdata) -> None:
    Path("data").mkdir()
    before = {"mine": {"file_name": "mine.json"}, "faq": {"file_name": "other.jsonl"}}
    Path("data/dataset_info.json").write_text(json.dumps(before), encoding="utf-8")
    args = ("convert", "faq.jsonl", "--to", "llamafactory-alpaca", "-o", "data/faq.jsonl")
    assert "dataset_info.json: there already, left as it is" in ftdata(*args).err
    assert dataset_info() == before
    assert ftdata(*args, "--split", "0.5").code == 0
    after = dataset_info()
    assert [*after] == ["mine", "faq", "faq.train", "faq.validation"]
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("text", ["{", "[]", ""])
def test_what_is_no_list_of_data_sets_is_left_as_it_is(ftdata: Ftdata, text: str) -> None:
    Path("data").mkdir()
    Path("data/dataset_info.json").write_text(text, encoding="utf-8")
    outcome = ftdata("convert", "faq.jsonl", "--to", "llamafactory-alpaca", "-o", "data/faq.jsonl")
    assert (outcome.code, Path("data/dataset_info.json").read_text("utf-8")) == (0, text)


@pytest.mark.parametrize("split", [(), ("--split", "0.5")], ids=["whole", "split"])
@pytest.mark.parametrize("target", WITH_SIDE_FILES)
def test_side_files_name_the_files_of_rows_and_a_second_run_changes_nothing(
    ftdata: Ftdata, target: str, split: tuple[str, ...]
) -> None:
    rows_of = {
        "text": '{"text": "One."}\n{"text": "Two."}\n',
        "dpo": '{"prompt": "One?", "chosen": "One.", "rejected": "Two."}\n' * 4,
        "kto": '{"prompt": "One?", "completion": "One.", "label": true}\n' * 4,
    }
    if (method := load_target(target).method) in rows_of:
        Path("faq.jsonl").write_text(rows_of[method], encoding="utf-8")
    args = ("convert", "faq.jsonl", "--to", target, "-o", 'data/my "faq".jsonl', *split)
    assert ftdata(*args).code == 0
    rows = {path.name for path in Path("data").glob("*.jsonl")}
    sides = {path: path.read_text("utf-8") for path in Path("data").iterdir()}
    sides = {path: text for path, text in sides.items() if path.name not in rows}
    assert len(sides) == len(load_target(target).side_files)
    for path, text in sides.items():
        names = {name for name in rows if json.dumps(name)[1:-1] in text}
        assert names == rows or (target.startswith("autotrain") and len(names) == 1)
        if path.suffix == ".py":
            compile(text, path.name, "exec")
    assert "left as it is" in ftdata(*args).err
    assert {path: path.read_text("utf-8") for path in sides} == sides


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("mlx-chat", ["train.jsonl", "valid.jsonl"]),
        ("autotrain-sft", ["train.autotrain.yaml", "train.jsonl", "validation.jsonl"]),
    ],
)
def test_who_finds_its_files_by_name_finds_them(
    ftdata: Ftdata, target: str, names: list[str]
) -> None:
    args = ("convert", "faq.jsonl", "--to", target, "-o", "data/faq.jsonl", "--split", "0.8")
    assert ftdata(*args).code == 0
    assert sorted(path.name for path in Path("data").iterdir()) == names


def test_no_side_file_is_written_where_none_is_wanted(ftdata: Ftdata) -> None:
    args = ("convert", "faq.jsonl", "--to", "llamafactory-alpaca")
    assert ftdata(*args).code == 0
    assert ftdata(*args, "-o", "data/faq.jsonl", "--no-side-files").code == 0
    convert(ROWS, to="llamafactory-alpaca", output="data/faq.jsonl")
    assert [path.name for path in Path("data").iterdir()] == ["faq.jsonl"]
