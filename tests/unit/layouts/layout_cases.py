"""The case files of layouts: what goes in, with which options, and what comes out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ftdata.layouts.registry import layout_named
from ftdata.model import Example, Fault, Layout, LayoutOptions, TextLayout

FOLDER = Path(__file__).resolve().parents[2] / "cases" / "layouts"


@dataclass(frozen=True)
class Case:
    """A folder `<layout>` or `<layout>.<what it shows>`."""

    folder: Path

    @property
    def layout(self) -> str:
        """The layout's name."""
        return self.folder.name.split(".")[0]

    @property
    def options(self) -> LayoutOptions:
        """What the user asked for, from options.json."""
        path = self.folder / "options.json"
        return LayoutOptions(**json.loads(path.read_text("utf-8")) if path.exists() else {})

    @property
    def records(self) -> list[Any]:
        """The records of input.jsonl."""
        return lines_of(self.folder / "input.jsonl")

    @property
    def expected(self) -> list[Any]:
        """The lines of expected.jsonl."""
        return lines_of(self.folder / "expected.jsonl")

    def outcome(self) -> list[Any]:
        """What the layout makes of the input, in the form of expected.jsonl."""
        layout = layout_named(self.layout)
        if isinstance(layout, TextLayout):
            text = (self.folder / "input.txt").read_text("utf-8")
            lines = enumerate(text.split("\n"), start=1)
            pieces = layout.split(lines, self.options, lambda piece: len(piece.split()))
            return [{"line": number, **as_json(piece)} for number, piece in pieces]
        return [as_json(layout.to_example(record, self.options)) for record in self.records]


def as_json(outcome: Example | Fault) -> dict[str, Any]:
    """Gives an example as it is, and a fault by its name and fields."""
    if not isinstance(outcome, Fault):
        return dict(outcome)
    fields: dict[str, Any] = {"fault": outcome.name, **outcome.params}
    if outcome.pointer:
        fields["pointer"] = outcome.pointer
    if outcome.original is not None:
        fields["original"] = outcome.original
    return fields if outcome.is_row else {**fields, "is_row": False}


def lines_of(path: Path) -> list[Any]:
    """Reads a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def all_cases() -> list[Case]:
    """Every case folder, by name."""
    return [Case(folder) for folder in sorted(FOLDER.iterdir())]


def specimens() -> list[tuple[str, Any]]:
    """(layout, record) for the records that are read without a word from the user, and without a fault."""
    found = []
    for case in all_cases():
        layout = layout_named(case.layout)
        if isinstance(layout, Layout) and case.options == LayoutOptions():
            found += [
                (case.layout, record)
                for record in case.records
                if not isinstance(layout.to_example(record, case.options), Fault)
            ]
    return found
