"""Which columns the options speak of, so that a misspelt one is said before any row is read."""

from __future__ import annotations

from ftdata.layouts.template import columns_in
from ftdata.model import LayoutOptions


def asked_columns(options: LayoutOptions) -> list[str]:
    """The columns that --user, --assistant, --system and --map name, bare or in templates.

    A --system without braces may be a text of its own. Raises UsageError for a broken template.
    """
    asked: list[str] = list(options.columns.values())
    for value in (options.user, options.assistant):
        if value is not None:
            asked += columns_in(value) if "{" in value or "}" in value else [value]
    if options.system is not None:
        asked += columns_in(options.system)
    return asked
