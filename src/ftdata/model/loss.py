"""What a conversion could not carry over as it was: the names of losses, and their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

#: Every loss, and what became of what was lost.
LOSSES: Mapping[str, str] = {
    "arguments-left-as-text": "arguments of a call that are no JSON object stay a text",
    "audio-dropped": "audio is left out",
    "developer-as-system": "what the developer says is said by the system",
    "functions-as-tools": "functions and their calls, the older form, are written as tools",
    "image-details-dropped": "of an image only its address, or its bytes, is written",
    "image-dropped": "an image is left out",
    "key-dropped": "a key of the row, or a column, is left out",
    "label-dropped": "the verdict on an answer is left out",
    "name-dropped": "the name of a speaker or of a tool is left out of a turn",
    "parallel-setting-dropped": "parallel_tool_calls is left out",
    "part-dropped": "a part of a turn that is neither text, image nor audio is left out",
    "parts-joined": "several texts of one turn are written as one, line by line",
    "refusal-as-text": "a refusal is written as what the assistant says",
    "rejected-dropped": "the rejected answer of a pair is left out",
    "reply-as-reference": "the last reply is the reference answer of a grader, not a turn",
    "results-reordered": "results of tools stand in the order of their calls",
    "system-folded-into-user": "what the system says stands at the head of the user's next turn",
    "system-turns-joined": "several system turns are written as one, line by line",
    "text-beside-call-dropped": "a text beside a call is left out",
    "thought-dropped": "thoughts of the assistant are left out",
    "tool-completed": "a tool gets an empty description, or empty parameters",
    "tool-ids-renamed": "ids of calls are replaced, the same by the same",
    "tool-keys-dropped": "of a tool only name, description and parameters are written",
    "tools-dropped": "tools that are declared and not called are left out",
    "turn-key-dropped": "a key of a turn that is known to no layout is left out",
    "turns-behind-reply-dropped": "turns behind the last reply, which teach nothing, are left out",
    "weight-dropped": "the weight of a turn is left out",
}


@dataclass(frozen=True)
class LossCount:
    """How often something was lost: in how many rows, how many times, and in which row first."""

    rows: int
    times: int
    source: str
    row: int

    def to_json(self) -> dict[str, Any]:
        """Gives `{rows, times, first: {source, row}}`."""
        first = {"source": self.source, "row": self.row}
        return {"rows": self.rows, "times": self.times, "first": first}


@dataclass
class LossTally:
    """The losses of some rows in order, by name. What is added comes from later rows."""

    counts: dict[str, LossCount] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.counts)

    def count_row(self, names: Iterable[str], *, source: str, row: int) -> None:
        """Counts the losses of one row; a name stands there as often as it was lost."""
        for name, times in Counter(names).items():
            self._add(name, LossCount(1, times, source, row))

    def add(self, later: LossTally, *, rows_before: int = 0) -> None:
        """Adds a tally of later rows. `rows_before`: rows of its source before those it was made of."""
        for name, count in later.counts.items():
            self._add(name, replace(count, row=count.row + rows_before) if rows_before else count)

    def to_json(self) -> dict[str, Any]:
        """Gives the counts by name, in the order of the names."""
        return {name: self.counts[name].to_json() for name in sorted(self.counts)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> LossTally:
        """The reverse of `to_json`."""
        return cls(
            {
                name: LossCount(count["rows"], count["times"], **count["first"])
                for name, count in found.items()
            }
        )

    def _add(self, name: str, later: LossCount) -> None:
        before = self.counts.get(name)
        if before is None:
            self.counts[name] = later
        else:
            rows, times = before.rows + later.rows, before.times + later.times
            # Within a source the rows that need no closer look are counted before those between them.
            is_earlier = later.source == before.source and later.row < before.row
            first = later if is_earlier else before
            self.counts[name] = replace(first, rows=rows, times=times)
