"""The matrix of targets as text, for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from ftdata.reports.findings_text import count
from ftdata.reports.matrix_rows import FATES, Fate, MatrixRow

_COLUMNS = 80
_NARROWEST = 20  # of what was found

_WORDS: dict[Fate, str] = {
    "refused": "",
    "dropped": "drops ",
    "truncated": "cuts ",
    "unsure": "unsure ",
    "noted": "notes ",
}
_MEANINGS: dict[Fate, str] = {
    "dropped": "drops: left out without a word",
    "truncated": "cuts: cut without a word",
    "unsure": "unsure: the evidence is missing or conflicts",
    "noted": "notes: taken all the same",
}


def matrix_lines(rows: Sequence[MatrixRow], *, records: int) -> Iterator[tuple[bool, str]]:
    """Gives (whether the target accepts everything, line) of each row and, with True, what all mean."""
    names = max([len("target"), *(len(row.target) for row in rows)])
    figures = max(len("accepts"), len(f"{records:,}"))
    indent = " " * (names + 2 * figures + 6)
    room = max(_COLUMNS - len(indent), _NARROWEST)
    head = f"{'target':{names}}  {'accepts':>{figures}}  {'refuses':>{figures}}  because of"
    yield True, head
    for row in rows:
        first, *more = wrap(_found(row), room, break_on_hyphens=False) or [""]
        start = f"{row.target:{names}}  {row.accepted:>{figures},}  {row.refused:>{figures},}  "
        yield row.accepts_all, (start + first).rstrip()
        for line in more:
            yield row.accepts_all, indent + line
    yield True, ""
    used = [fate for fate in FATES if any(row.found[fate] for row in rows)]
    meanings = "; ".join(_MEANINGS[fate] for fate in used if fate in _MEANINGS)
    for line in wrap(meanings, _COLUMNS):
        yield True, line
    accepting = sum(row.accepts_all for row in rows)
    everything = f"{count(records, 'record')}; {accepting} of {count(len(rows), 'target')}"
    yield True, f"{everything} {'accepts' if accepting == 1 else 'accept'} all of it."
    yield True, "Each finding: ftdata validate --target TARGET. A code: ftdata explain CODE."


def _found(row: MatrixRow) -> str:
    parts = []
    if row.retired:
        parts.append(f"retired since {row.until}")
    elif row.ending:
        parts.append(f"no new jobs from {row.until}")
    for fate in FATES:
        codes = sorted(row.found[fate].items(), key=lambda item: (-item[1], item[0]))
        if codes:
            told = ", ".join(f"{code}={times:,}" for code, times in codes)
            parts.append(_WORDS[fate] + told)
    return "; ".join(parts)
