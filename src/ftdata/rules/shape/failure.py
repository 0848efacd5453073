"""One keyword of a schema that a record fails, and how a tree of such failures becomes a list.

jsonschema reports a value that fits no branch of `anyOf` or `oneOf` as one error with all branches
below it. Users want the one branch that was meant: `flatten` finds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import ValidationError


@dataclass(frozen=True)
class Failure:
    """A value that fails a keyword.

    `path` leads from the record to the value. `expected` is the keyword's value in `schema`, the
    subschema that holds it.
    """

    path: tuple[str | int, ...]
    keyword: str
    expected: Any
    schema: Mapping[str, Any]
    value: Any

    @property
    def vendor_rule(self) -> str:
        """The rule of the vendor behind it, in brackets as messages show it; "" where none is named."""
        name = self.schema.get("x-rule")
        return f" [{name}]" if name else ""


def failures_of(errors: Iterable[ValidationError]) -> Iterator[Failure]:
    """Gives each failed keyword of each value, in the order of the schema."""
    for error in errors:
        for leaf in flatten(error):
            yield Failure(
                path=tuple(leaf.absolute_path),
                keyword=str(leaf.validator),
                expected=leaf.validator_value,
                schema=leaf.schema,  # type: ignore[arg-type]  # no schema of ours is a bare `false`
                value=leaf.instance,
            )


def flatten(error: ValidationError) -> Iterator[ValidationError]:
    """Gives the errors of the branch that was meant, or the error itself where that is unclear."""
    branch = _meant_branch(error) if error.validator in ("anyOf", "oneOf") else ()
    if not branch:
        yield error
    for inner in branch:
        yield from flatten(inner)


def _meant_branch(error: ValidationError) -> list[ValidationError]:
    """The errors of the only branch whose kind fits the value, or else of the one that fails least."""
    branches: dict[object, list[ValidationError]] = defaultdict(list)
    for inner in error.context or ():
        branches[inner.relative_schema_path[0]].append(inner)
    groups = list(branches.values())
    fitting = [group for group in groups if not any(map(_is_of_another_kind, group))] or groups
    fitting.sort(key=len)
    if len(fitting) == 1 or (len(fitting) > 1 and len(fitting[0]) < len(fitting[1])):
        return [] if any(map(_is_of_another_kind, fitting[0])) else fitting[0]
    return []


def _is_of_another_kind(error: ValidationError) -> bool:
    """True where the value has another type, or a tag (such as `type` or `role`) has another value."""
    depth = len(error.relative_path)
    return (error.validator == "type" and depth == 0) or (
        error.validator in ("const", "enum") and depth <= 1
    )
