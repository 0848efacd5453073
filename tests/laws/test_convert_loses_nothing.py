"""Every row that goes in comes out: written, rejected with its values, or dropped on request."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ftdata import convert

cells = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=12
)
tables = st.lists(st.tuples(cells, cells), min_size=1, max_size=25)
choices = st.fixed_dictionaries(
    {
        "on_empty": st.sampled_from(["reject", "drop", "keep"]),
        "limit": st.none() | st.integers(0, 30),
        "sample": st.none() | st.integers(1, 30),
        "seed": st.integers(-5, 5),
        "split": st.none() | st.floats(0.1, 0.9),
    }
)


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []


@given(tables, choices)
def test_rows_in_are_rows_written_rejected_and_dropped(
    table: list[tuple[str, str]], chosen: dict[str, object]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "in.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("question", "answer"), *table])
        output = folder / "out.jsonl"
        result = convert(
            folder / "in.csv",
            to="openai-sft",
            output=output,
            rejects=folder / "bad.jsonl",
            **chosen,  # type: ignore[arg-type]
        )
        accounts = result.accounts
        written = [line for path in accounts.outputs for line in lines_of(Path(path))]
        rejected = lines_of(folder / "bad.jsonl")
        assert accounts.rows_read == accounts.written + accounts.rejected + accounts.dropped
        assert len(written) == accounts.written
        assert len(rejected) == accounts.rejected
        assert sum(accounts.outputs.values()) == accounts.written
        if chosen["split"] is not None:
            train, validation = (set(lines_of(Path(path))) for path in accounts.outputs)
            assert not train & validation


@given(tables)
def test_every_cell_is_in_the_output_or_in_the_rejects(table: list[tuple[str, str]]) -> None:
    rows = [{"question": question, "answer": answer} for question, answer in table]
    result = convert(rows, to="openai-sft")
    turns = iter(result.rows)
    for question, answer in table:
        if question.strip() and answer.strip():
            contents = [message["content"] for message in next(turns)["messages"]]
            assert contents == [question, answer]
    assert next(turns, None) is None
    kept = [json.loads(line)["original"] for line in result.accounts.first_rejects]
    empty = [row for row in rows if not row["question"].strip() or not row["answer"].strip()]
    assert kept == empty[: len(kept)]
    assert result.accounts.rejected == len(empty)
