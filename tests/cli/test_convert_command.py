"""`ftdata convert` as scripts and people meet it."""

from __future__ import annotations

import gzip
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from .conftest import Ftdata

FAQ = "question,answer\n00501?,NA\nOpen when?,true\n,nobody asked\n"


def rows_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def contents(path: Path) -> list[list[object]]:
    return [[message["content"] for message in row["messages"]] for row in rows_of(path)]  # type: ignore[attr-defined]


def test_cells_stay_the_text_they_are_and_empty_ones_are_rejected(
    ftdata: Ftdata, tmp_path: Path
) -> None:
    (tmp_path / "faq.csv").write_text(FAQ, encoding="utf-8")
    outcome = ftdata("convert", "faq.csv", "--to", "openai-sft", "-o", "out/faq.jsonl")
    assert outcome.code == 1
    assert contents(tmp_path / "out/faq.jsonl") == [["00501?", "NA"], ["Open when?", "true"]]
    assert "layout question-answer" in outcome.err
    assert "3 rows read = 2 written + 1 rejected + 0 dropped on request" in outcome.err
    (reject,) = rows_of(tmp_path / "out/faq.rejects.jsonl")
    assert reject["row"] == 4
    assert reject["code"] == "FT222"
    assert reject["original"] == {"question": "", "answer": "nobody asked"}
    assert not outcome.out


def test_rejects_of_an_earlier_run_do_not_stay(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "faq.csv").write_text(FAQ, encoding="utf-8")
    ftdata("convert", "faq.csv", "-o", "faq.jsonl")
    assert (tmp_path / "faq.rejects.jsonl").exists()
    assert ftdata("convert", "faq.csv", "-o", "faq.jsonl", "--on-empty", "drop").code == 0
    assert not (tmp_path / "faq.rejects.jsonl").exists()


def test_lines_go_to_standard_output_and_nothing_else_does(ftdata: Ftdata) -> None:
    outcome = ftdata(
        *("convert", "-", "--input-type", "csv", "--to", "openai-sft"),
        stdin="question,answer\nÄ\u2028?,“B” 🦊\n".encode(),
    )
    assert outcome.code == 0
    assert outcome.out == (
        '{"messages":[{"role":"user","content":"Ä\u2028?"},'
        '{"role":"assistant","content":"“B” 🦊"}]}\n'
    )


def test_templates_fill_columns(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("title,steps,who\nPie,Bake.,cook\n", encoding="utf-8")
    outcome = ftdata(
        *("convert", "r.csv", "-o", "r.jsonl", "--user", "Make {title}!", "--assistant", "steps"),
        *("--system", "You are a {who}."),
    )
    assert outcome.code == 0
    assert contents(tmp_path / "r.jsonl") == [["You are a cook.", "Make Pie!", "Bake."]]


def test_a_constant_system_turn_goes_with_every_layout(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "faq.csv").write_text("question,answer\nA?,B\n", encoding="utf-8")
    outcome = ftdata("convert", "faq.csv", "-o", "faq.jsonl", "--system", "Be brief.")
    assert outcome.code == 0
    assert contents(tmp_path / "faq.jsonl") == [["Be brief.", "A?", "B"]]


def test_an_unknown_layout_names_the_columns_and_the_way_out(
    ftdata: Ftdata, tmp_path: Path
) -> None:
    (tmp_path / "r.csv").write_text("colour,taste\nred,sweet\n", encoding="utf-8")
    outcome = ftdata("convert", "r.csv", "-o", "r.jsonl")
    assert outcome.code == 2
    assert "colour, taste" in outcome.err
    assert "--user" in outcome.err
    assert not (tmp_path / "r.jsonl").exists()


def test_a_column_that_is_not_there_is_wrong_use(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("colour,taste\nred,sweet\n", encoding="utf-8")
    outcome = ftdata("convert", "r.csv", "-o", "r.jsonl", "--user", "color", "--assistant", "taste")
    assert outcome.code == 2
    assert "color" in outcome.err
    assert "colour" in outcome.err


def test_limit_reads_no_further(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "faq.csv").write_text(FAQ, encoding="utf-8")
    outcome = ftdata("convert", "faq.csv", "-o", "faq.jsonl", "--limit", "2")
    assert outcome.code == 0
    assert "2 rows read = 2 written" in outcome.err


def test_split_and_sample_are_the_same_each_time_and_share_no_row(
    ftdata: Ftdata, tmp_path: Path
) -> None:
    rows = "".join(f"q{n % 150}?,a\n" for n in range(200))
    (tmp_path / "faq.csv").write_text("question,answer\n" + rows, encoding="utf-8")
    for folder in ("a", "b"):
        ftdata(
            *("convert", "faq.csv", "-o", f"{folder}/faq.jsonl.gz"),
            *("--split", "0.8", "--sample", "100", "--seed", "7"),
        )
    parts = []
    for part in ("train", "validation"):
        first, second = (tmp_path / f / f"faq.{part}.jsonl.gz" for f in "ab")
        assert first.read_bytes() == second.read_bytes()
        parts.append(gzip.decompress(first.read_bytes()).splitlines())
    train, validation = parts
    assert len(train) + len(validation) == 100
    assert 70 <= len(train) <= 90
    assert not set(train) & set(validation)


@pytest.mark.parametrize("option", [("--map", "user"), ("--speaker", "=assistant")])
def test_a_pair_without_both_sides_is_wrong_use(
    ftdata: Ftdata, tmp_path: Path, option: tuple[str, str]
) -> None:
    (tmp_path / "faq.csv").write_text(FAQ, encoding="utf-8")
    outcome = ftdata("convert", "faq.csv", *option)
    assert outcome.code == 2
    assert "NAME=VALUE" in outcome.err


def test_a_layout_of_records_for_a_document_is_wrong_use(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text("Once upon a time.\n", encoding="utf-8")
    outcome = ftdata("convert", "book.txt", "--from", "alpaca")
    assert outcome.code == 2
    assert "alpaca is a layout of records" in outcome.err


def test_a_document_without_layout_names_the_ways_out(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text("Once upon a time.\n\nThe end.\n", encoding="utf-8")
    outcome = ftdata("convert", "book.txt", "--to", "openai-sft", "-o", "book.jsonl")
    assert outcome.code == 2
    assert "--instruction" in outcome.err
    assert not (tmp_path / "book.jsonl").exists()


def test_documents_become_text_rows_chunks_and_chats(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "book.md").write_text(
        "# One\n\nOnce upon a time.\n\n# Two\n\nThe end.\n", encoding="utf-8"
    )
    assert ftdata("convert", "book.md", "--to", "trl-text", "-o", "text.jsonl").code == 0
    assert [row["text"] for row in rows_of(tmp_path / "text.jsonl")] == [
        "# One\n\nOnce upon a time.",
        "# Two\n\nThe end.",
    ]
    told = ftdata(
        "convert", "book.md", "-o", "chat.jsonl", "--instruction", "Tell me about {title}."
    )
    assert told.code == 0
    assert contents(tmp_path / "chat.jsonl")[0] == ["Tell me about One.", "Once upon a time."]
    cut = ftdata("convert", "book.md", "--to", "trl-text", "-o", "cut.jsonl", "--chunk-tokens", "4")
    assert cut.code == 0
    assert len(rows_of(tmp_path / "cut.jsonl")) > 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "out.jsonl", "--rejects", "./out.jsonl"],
        ["-o", "out.jsonl", "--split", "0.5", "--rejects", "out.train.jsonl"],
        ["-o", "-", "--rejects", "-"],
    ],
    ids=str,
)
def test_lines_and_rejects_cannot_share_a_file(
    ftdata: Ftdata, tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "faq.csv").write_text("question,answer\nQ,A\nQ,\n")
    outcome = ftdata("convert", "faq.csv", *arguments)
    assert outcome.code == 2
    assert "cannot take both the lines and the rejects" in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["faq.csv"]


def test_an_empty_text_is_no_name(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "faq.csv").write_text("question,answer\nQ,A\n")
    for arguments in (["faq.csv", "-o", ""], ["", "-o", "out.jsonl"]):
        outcome = ftdata("convert", *arguments)
        assert outcome.code == 2
        assert "without a name: an empty text was given" in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["faq.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="such names do not exist there")
def test_a_name_cannot_write_lines_of_its_own(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[31mb.csv").write_text("question,answer\nQ,A\nQ,\n")
    outcome = ftdata("convert", "a\n\x1b[31mb.csv")
    assert outcome.code == 1
    assert "a\\n\\x1b[31mb.csv: layout question-answer\n" in outcome.err
    assert "a\\n\\x1b[31mb.csv:3 FT222" in outcome.err
    assert "a\\n\\x1b[31mb.csv/: Not a directory" in ftdata("convert", "a\n\x1b[31mb.csv/").err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders there")
def test_a_pipe_gets_no_files_beside_it(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "faq.csv").write_text("question,answer\nQ,A\nQ,\n")
    os.mkfifo(tmp_path / "pipe")
    reader = threading.Thread(target=(tmp_path / "pipe").read_bytes)
    reader.start()
    outcome = ftdata("convert", "faq.csv", "-o", "pipe")
    reader.join()
    assert outcome.code == 1
    assert "pipe: 1 line written" in outcome.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["faq.csv", "pipe"]
    assert ftdata("convert", "faq.csv", "-o", "pipe", "--split", "0.5").code == 2
