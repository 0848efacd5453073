"""Checks the parts of a decoded row that its types do not vouch for."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from ftdata.readers.json_line import UNPARSED, parse_if_certain
from ftdata.rules.shape.acceptor import Acceptor, Check, Checks

# Definitions of tools stand in every row of a file; what is remembered must stay small.
_REMEMBERED = 256
_MOST_REMEMBERED_BYTES = 64 * 1024

# A raw part is parsed inside of these, so that it stays below the deepest level wherever it stands.
_OPEN, _CLOSE = b"[" * 40, b"]" * 40

_NO_CHECKS = Checks((), ())


class PartChecker:
    """Makes the checks that an acceptor leaves to be made."""

    def __init__(self, acceptor: Acceptor) -> None:
        self._plans: dict[type, tuple[Checks, tuple[str, ...]]] = {
            made: (acceptor.checks.get(made, _NO_CHECKS), shape.leads)
            for made, shape in acceptor.shapes.items()
            if shape.leads or made in acceptor.checks
        }
        self._seen: dict[tuple[Check, bytes], bool] = {}

    def hold(self, part: Any) -> bool:
        """True where all checks hold of a part and of what is in it.

        Then its raw fields are JSON, too, without a repeated key and with numbers that are exact.
        """
        plan = self._plans.get(type(part))
        if plan is None:
            return True
        checks, leads = plan
        for name, check in checks.opaque:
            raw = getattr(part, name)
            if raw is not UNSET and not self._is_good(bytes(raw), check):
                return False
        for names, check in checks.conditions:
            for name in names:
                if getattr(part, name) is UNSET and not _fits(part, check):
                    return False
        for name in leads:
            inner = getattr(part, name)
            for member in inner if type(inner) is list else (inner,):
                if not self.hold(member):
                    return False
        return True

    def _is_good(self, raw: bytes, check: Check) -> bool:
        key = (check, raw)
        good = self._seen.get(key)
        if good is None:
            good = _is_good(raw, check)
            if len(raw) <= _MOST_REMEMBERED_BYTES:
                if len(self._seen) >= _REMEMBERED:
                    self._seen.clear()
                self._seen[key] = good
        return good


def _is_good(raw: bytes, check: Check) -> bool:
    value = parse_if_certain(_OPEN + raw + _CLOSE)
    if value is UNPARSED:
        return False
    for _ in _OPEN:
        (value,) = value
    return bool(check(value))


def _fits(part: Any, check: Check) -> bool:
    try:
        return bool(check(msgspec.to_builtins(part)))
    except TypeError:  # there are raw parts inside
        return False
