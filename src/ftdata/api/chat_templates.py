"""The chat template that a caller names, read once and named for the plan."""

from __future__ import annotations

import importlib.util
import os
from datetime import date

from ftdata.model import TemplateName
from ftdata.storage import places
from ftdata.templates.chat_template import ChatTemplate
from ftdata.templates.counting import RowCounter
from ftdata.templates.loading import read_templates
from ftdata.templates.traits import traits


def template_to_judge(
    path: str | os.PathLike[str], *, today: date, may_count: bool, must_count: bool
) -> TemplateName:
    """Names a template for `validate`. `may_count`: its tokenizer counts, where there is one.

    Raises UnreadableSource, UsageError, and MissingExtra where tokens must be counted and cannot be.
    """
    files = read_templates(os.fspath(path))
    has_tokenizer = files.tokenizer is not None and files.is_named
    installed = must_count or importlib.util.find_spec("tokenizers") is not None
    counts = may_count and has_tokenizer and installed
    if counts:
        RowCounter(files)
    return _named(files.path, files.digest, today, counts=counts)


def template_to_count(
    path: str | os.PathLike[str], *, today: date
) -> tuple[TemplateName, tuple[str, ...]]:
    """Names a template for `estimate`, with what has to be said beside its counts.

    Raises as `template_to_judge`, and UsageError where there is no tokenizer to count with.
    """
    files = read_templates(os.fspath(path))
    counter = RowCounter(files)
    notes = {
        "two-bos-tokens": "the template and the tokenizer both write the first token; it is counted once",
        "template-writes-date": f"the template writes the day: counted for {today}",
    }
    found = [outcome.rule for outcome in traits(ChatTemplate(files, today), counter)]
    said = tuple(note for rule, note in notes.items() if rule in found)
    return _named(files.path, files.digest, today, counts=True), said


def _named(path: str, digest: str, today: date, *, counts: bool) -> TemplateName:
    return TemplateName(places.identity_of(path), digest, today.isoformat(), counts)
