"""Writes the files that a trainer needs beside its rows, from the templates of the target."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from string import Template
from typing import Any

from ftdata.model import SideFile
from ftdata.storage.output import atomic_output
from ftdata.storage.places import beside, kind_of, open_raw, shown

_SUFFIXES = re.compile(r"[.](jsonl|json|ndjson)([.](gz|zst|bz2))?$")


def write_side_files(side_files: Sequence[SideFile], outputs: Sequence[str]) -> dict[str, bool]:
    """Writes the side files of the outputs: one file, or those for training and validation.

    Gives their paths, and whether anything was written. What is there already stays: of a list of data sets
    (a JSON object) only entries with new names are added, and any other file is left as it is.
    """
    return dict(_write(side, outputs) for side in side_files)


def _write(side: SideFile, outputs: Sequence[str]) -> tuple[str, bool]:
    texts = [_filled(text, output) for text, output in _templates(side, outputs)]
    path = beside(outputs[0], _filled(side.name, outputs[0], quote=False))
    before = _read(path)
    if side.name.endswith(".json"):
        text = _joined(before, texts)
    else:
        text = "".join(texts) if before is None else None
    if text is None or text == before:
        return path, False
    with atomic_output(path) as stream:
        stream.write(text.encode("utf-8"))
    return path, True


def _templates(side: SideFile, outputs: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield side.text, outputs[0]
    for validation in outputs[1:]:
        if side.split_text is not None:
            yield side.split_text, validation


def _filled(text: str, output: str, *, quote: bool = True) -> str:
    """Fills the template; within the quotes of JSON, YAML and Python one way to escape serves all."""
    name = re.split(r"[/\\]", output)[-1]
    folder = output[: len(output) - len(name)].rstrip("/\\") or "."
    values = {
        "file": name,
        "stem": _SUFFIXES.sub("", name),
        "path": shown(output),
        "folder": shown(folder),
    }
    if quote:
        values = {key: json.dumps(value, ensure_ascii=False)[1:-1] for key, value in values.items()}
    return Template(text).substitute(values)


def _read(path: str) -> str | None:
    """The text of a file that is there; None where none is."""
    if kind_of(path) is None:
        return None
    with open_raw(path) as stream:
        return stream.read().decode("utf-8", "replace")


def _joined(before: str | None, texts: Sequence[str]) -> str | None:
    """The object with the entries of the texts that it lacks; None where it is no object."""
    entries: Any = {}
    if before is not None:
        try:
            entries = json.loads(before)
        except (ValueError, RecursionError):
            return None
        if not isinstance(entries, dict):
            return None
    new = {name: entry for text in texts for name, entry in json.loads(text).items()}
    if before is not None and new.keys() <= entries.keys():
        return before
    return (
        json.dumps(
            {**entries, **{key: new[key] for key in new if key not in entries}},
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )
