"""How long rows are: a picture, with the share of rows that are not longer, and the caps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import IO

from ftdata.errors import MissingExtra, UsageError
from ftdata.model import Lengths

#: What a plot can be written as, by the suffix of its file.
PLOT_SUFFIXES = (".svg", ".png")


def plot_kind(path: str) -> str:
    """Gives "svg" or "png". Raises UsageError for any other suffix."""
    suffix = Path(path).suffix.lower()
    if suffix not in PLOT_SUFFIXES:
        raise UsageError(f"{path}: a plot is written as one of {', '.join(PLOT_SUFFIXES)}")
    return suffix[1:]


def plot_lengths(
    file: IO[bytes], kind: str, lengths: Lengths, caps: Mapping[str, int], *, title: str
) -> None:
    """Draws the histogram and the cumulative share; the same bytes for the same rows.

    Raises MissingExtra without matplotlib.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtra("a plot", "plot") from None
    with rc_context({"svg.hashsalt": "ftdata", "svg.fonttype": "none"}):
        figure = Figure(figsize=(8, 4.5), layout="constrained")
        rows = figure.subplots()
        firsts = sorted(lengths.rows)
        edges = _edges(firsts, lengths)
        rows.hist(firsts, bins=edges, weights=[lengths.rows[first] for first in firsts])
        rows.set_xscale("log", base=2)
        rows.set(title=title, xlabel="tokens of a row", ylabel="rows")
        rows.xaxis.set_major_formatter("{x:,.0f}")
        share = rows.twinx()
        ends, seen = zip(*lengths.cumulative(), strict=True)
        share.step(ends, [number / lengths.total for number in seen], where="post", color="black")
        share.set(ylabel="share of rows that are not longer", ylim=(0, 1.02))
        share.yaxis.set_major_formatter("{x:.0%}")
        for cap in sorted(set(caps.values())):
            names = ", ".join(name for name, value in caps.items() if value == cap)
            share.axvline(cap, color="tab:red", linestyle="--")
            label = f"{names}: {cap:,} "
            share.text(cap, 0.02, label, rotation=90, ha="right", color="tab:red", fontsize=8)
        metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
        figure.savefig(file, format=kind, metadata=metadata, dpi=150)


def _edges(firsts: list[int], lengths: Lengths) -> list[float]:
    """Bins of an eighth of a power of two, which cover every row."""
    edges = [float(max(1, firsts[0]))]
    while edges[-1] <= lengths.longest:
        edges.append(edges[-1] * 2 ** (1 / 8))
    return edges
