"""How long rows are, for the terminal, as JSON and as a picture."""

from __future__ import annotations

import io
import itertools
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata import estimate
from ftdata.api.own_gpu import GpuOptions
from ftdata.errors import UsageError
from ftdata.model import Lengths, bin_of
from ftdata.reports.lengths_plot import plot_kind, plot_lengths
from ftdata.reports.lengths_text import halves, lengths_text
from ftdata.rules.shape.schema_check import SchemaCheck

SOME = Lengths({10: 1, 20: 2, 300: 5})


def row(words: int) -> dict[str, Any]:
    said = "word " * words
    return {"messages": [{"role": "user", "content": said}, {"role": "assistant", "content": "ho"}]}


@given(st.lists(st.integers(1, 100_000), min_size=1))
def test_every_row_stands_in_one_bar(lengths: list[int]) -> None:
    bins = halves(Lengths(Counter(map(bin_of, lengths))))
    assert sum(rows for _, _, rows in bins) == len(lengths)
    for (_, last, _), (first, _, _) in itertools.pairwise(bins):
        assert first == last + 1
    assert bins[0][0] <= min(lengths)
    assert max(lengths) <= bins[-1][1]


def test_the_bars_and_the_caps() -> None:
    text = lengths_text(SOME, {"a": 64, "b": 64, "c": 1000}, encoding="o200k_base")
    assert "256-383     5  100.0%  " + "█" * 40 in text
    assert "8-11     1   12.5%  ████████" in text
    assert "a cap of 64 tokens (a, b) leaves 37.5% of the rows whole" in text
    assert "a cap of 1,000 tokens (c) leaves 100.0% of the rows whole" in text
    assert lengths_text(Lengths({}), {}, encoding="x") == "no rows to plot"


@pytest.mark.parametrize(("kind", "magic"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_a_picture_is_the_same_each_time(kind: str, magic: bytes) -> None:
    pictures = []
    for _ in range(2):
        file = io.BytesIO()
        plot_lengths(file, kind, SOME, {"model <b>": 64}, title="<script>")
        pictures.append(file.getvalue())
    assert pictures[0] == pictures[1]
    assert pictures[0].startswith(magic)
    assert b"<script>" not in pictures[0]


def test_only_known_suffixes_are_drawn() -> None:
    assert (plot_kind("a/b.SVG"), plot_kind("x.png")) == ("svg", "png")
    with pytest.raises(UsageError, match=r"a\.pdf: a plot is written as one of \.svg, \.png"):
        plot_kind("a.pdf")


def test_an_estimate_tallies_lengths_where_asked(tmp_path: Path) -> None:
    rows = [row(words) for words in (1, 1, 50, 900)]
    result = estimate(rows, target="openai-sft", models=["gpt-4.1"], lengths=True)
    (lengths,) = result.lengths.values()
    assert lengths.total == 4
    assert not list(SchemaCheck({"$ref": "output/estimate.json"}).explain(result.to_json()))
    assert "tokens of o200k_base" in result.to_text()
    result.plot(str(tmp_path / "out.svg"))
    assert b"4 rows for openai-sft" in (tmp_path / "out.svg").read_bytes()
    without = estimate(rows, target="openai-sft", models=["gpt-4.1"])
    assert without.lengths == {}
    with pytest.raises(UsageError, match="ask for them with lengths=True"):
        without.plot(str(tmp_path / "out.svg"))


def test_rows_side_by_side_are_padded_and_packed_ones_are_not() -> None:
    rows = [row(words) for words in (1, 1, 1, 1, 1, 1, 1, 500)]

    def tokens(options: GpuOptions) -> int:
        found = estimate(rows, target="unsloth-sft", models=["qwen3-0.6b"], epochs=1, gpu=options)
        return found.own_gpu[0].job.tokens

    alone = tokens(GpuOptions(batch=1))
    assert alone == tokens(GpuOptions(batch=4, packing=True))
    assert alone * 2 < tokens(GpuOptions(batch=4)) < tokens(GpuOptions(batch=8))
