"""Fills a rule's message with the parameters of a finding, safe to print.

Values are quoted and cut at 80 characters: user text may be private, long, or made to hurt a terminal.
"""

from __future__ import annotations

import string
from collections.abc import Mapping

from ftdata.rules.registry import rule_coded

MAX_SHOWN = 80


def message_of(code: str, params: Mapping[str, object]) -> str:
    """Gives the text of a finding. Wording may change in any release; codes do not."""
    return _FORMATTER.vformat(rule_coded(code).message, (), params)


def shown(text: str) -> str:
    """Escapes what is not printable and cuts what is too long."""
    cut = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)


class _SafeFormatter(string.Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, (frozenset, set)):
            value = sorted(value)
        if isinstance(value, (list, tuple)):
            return ", ".join(shown(str(part)) for part in value)
        if isinstance(value, int) and not isinstance(value, bool):
            return format(value, format_spec)
        return shown(format(str(value), format_spec))

    def convert_field(self, value: object, conversion: str | None) -> object:
        if conversion == "r" and isinstance(value, str) and len(value) > MAX_SHOWN:
            return repr(value[: MAX_SHOWN - 5] + "...")
        return super().convert_field(value, conversion)


_FORMATTER = _SafeFormatter()
