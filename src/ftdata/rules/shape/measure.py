"""How much a value holds, as the rules on too few and too many say it."""

from __future__ import annotations

from typing import Any

_UNITS = {
    "Items": ("item", "items"),
    "Length": ("character", "characters"),
    "Properties": ("key", "keys"),
}


def amount(keyword: str, number: int) -> str:
    """Gives "1 item" or "64 characters", as minItems or maxLength counts."""
    one, many = _UNITS[keyword[3:]]
    return f"{number} {one if number == 1 else many}"


def amount_of(keyword: str, value: Any) -> str:
    """Gives how much the value holds, as the keyword counts."""
    return amount(keyword, len(value))
