"""A rule: one fault, one stable code, one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ftdata.model.facts import Facts
from ftdata.model.target import Limits

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Found:
    """Where a rule found its fault: a JSON Pointer into the line, and what fills the message."""

    pointer: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """One module in `rules/` each, found by its `RULE`; the module's docstring is its page.

    A rule speaks in one of four ways:

    * turn rules have `flags` (constant time, no allocation) and `locate` (only called when flagged; a
      law test demands that flags is true exactly when locate yields);
    * text rules have `locate` alone, see the record as it stands, and are silent where a shape rule speaks of
      the same place; they are asked where the fast half of judging does not rule them out;
    * shape rules name the JSON Schema `keywords` whose failures they explain;
    * all others are raised by name, as a `Fault`, where a line is read or a row is converted, by the token
      forecast, or when all records have been seen.

    `fact` is the target's fact that the rule enforces: where the target has no such fact the rule does
    not apply, and its evidence and effect set the severity (see `Limits.severity_of`). `on_tools` says of a
    turn rule that of all facts it looks at `Facts.tools` and `Facts.turns` alone, and speaks only where there
    are tools; `on_images` that it looks at `Facts.images` alone. `once` says that what it finds is no fault
    of a row: it is said once a run, with the sums of its parameters, which are integers.
    """

    code: str
    name: str
    message: str
    severity: Severity = "error"
    since: str = "0.1"
    fact: str | None = None
    fix: Literal["safe", "unsafe"] | None = None
    flags: Callable[[Facts, Limits], bool] | None = None
    locate: Callable[[Mapping[str, Any], Limits], Iterable[Found]] | None = None
    keywords: frozenset[str] = frozenset()
    on_tools: bool = False
    once: bool = False
    on_images: bool = False
