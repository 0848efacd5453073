"""Compiled schemas, which say yes or no. Nothing is fetched: every reference is a file below schemas/."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ftdata.resources import load_schema

#: Where the shipped schemas stand for each other; the domain cannot exist, so nothing can come from it.
BASE = "https://schemas.ftdata.invalid/"


class CompiledSchema:
    """A schema that has been compiled; its references are absolute, or paths below schemas/."""

    def __init__(self, schema: dict[str, Any]) -> None:
        import jsonschema_rs

        self._validator = jsonschema_rs.Draft202012Validator(
            {"$id": BASE, **schema}, retriever=lambda uri: load_schema(uri.removeprefix(BASE))
        )

    def judge(self, value: Any) -> bool | None:
        """True or False; None for values that no JSON text gives (a lone surrogate, a date, a set).

        Whole numbers of more than 4,300 digits are not judged: no reader hands them on.
        """
        try:
            return bool(self._validator.is_valid(value))
        except ValueError:
            return None


@lru_cache(maxsize=256)
def compiled_reference(uri: str) -> CompiledSchema:
    """Compiles the shipped (sub)schema that an absolute reference leads to, once in each process."""
    return CompiledSchema({"$ref": uri})
