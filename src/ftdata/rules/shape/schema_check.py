"""Two speeds, one truth: a compiled validator says yes or no, a slow one explains the no.

Both read the same schemas; a law test holds that they agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from ftdata.discovery import modules_with
from ftdata.model import Found, Rule
from ftdata.resources import load_schema
from ftdata.rules.shape.compiled import CompiledSchema
from ftdata.rules.shape.explaining import Explainer
from ftdata.rules.shape.failure import Failure, failures_of


class SchemaCheck:
    """Judges records by one schema; a reference in it is a path below schemas/."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._schema = schema
        self._compiled = CompiledSchema(schema)

    def is_valid(self, record: Any) -> bool:
        """True where the record fits; about a microsecond."""
        fits = self._compiled.judge(record)
        return next(self.explain(record), None) is None if fits is None else fits

    def explain(self, record: Any) -> Iterator[tuple[Rule, Found]]:
        """Gives the rule and the place of everything that does not fit; about a tenth of a millisecond."""
        claims = claimed_keywords()
        for failure in failures_of(self._explainer.iter_errors(record)):
            rule, explain = claims.get(failure.keyword) or claims["not"]
            for found in explain(failure):
                yield rule, found

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self._schema)


@lru_cache(maxsize=64)
def schema_check(schema: str) -> SchemaCheck:
    """Compiles a schema by its path below schemas/, once in each process."""
    load_schema(schema)
    return SchemaCheck({"$ref": schema})


@lru_cache(maxsize=1)
def claimed_keywords() -> dict[str, tuple[Rule, Callable[[Failure], Iterator[Found]]]]:
    """Which shape rule explains the failures of which keyword, and how."""
    return {
        keyword: (module.RULE, module.explain)
        for module in modules_with("ftdata.rules.shape", "RULE")
        for keyword in module.RULE.keywords
    }
