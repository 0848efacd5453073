"""The parameters of declared tools, compiled: are they JSON Schemas, and do arguments fit them?

Compiled once for all records that declare the same tools. jsonschema-rs both judges and explains here, not
jsonschema: schemas and arguments are the user's data, and its patterns cannot run for ever. Nothing is
fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from ftdata.model import Definition, Definitions
from ftdata.rules.pointer import pointer_to
from ftdata.rules.quoting import cut, kind_of, names_of, quoted


class Misfit(NamedTuple):
    """What does not fit: a pointer into the arguments, or into the parameters, and why."""

    pointer: str
    why: str

    @property
    def told(self) -> str:
        """Both, for a message."""
        return f"{cut(self.pointer, 40)}: {self.why}" if self.pointer else self.why


class Compiled(NamedTuple):
    """A validator for each tool whose parameters are a JSON Schema, and what is wrong with the others."""

    validators: dict[str, Any]
    faults: tuple[tuple[Definition, Misfit], ...]


@lru_cache(maxsize=128)
def compiled(definitions: Definitions) -> Compiled:
    """Compiles the parameters of all tools."""
    validators: dict[str, Any] = {}
    faults: list[tuple[Definition, Misfit]] = []
    for tool in definitions.tools:
        validators.pop(tool.name, None)
        if tool.parameters is None:
            continue
        made = _compile(tool.parameters)
        if isinstance(made, Misfit):
            faults.append((tool, made))
        else:
            validators[tool.name] = made
    return Compiled(validators, tuple(faults))


def fits(definitions: Definitions, name: str, arguments: Any) -> bool:
    """True where the arguments fit, or the tool states no schema to fit."""
    validator = compiled(definitions).validators.get(name)
    if validator is None:
        return True
    try:
        return bool(validator.is_valid(arguments))
    except ValueError:  # a value that no JSON gives
        return True


def misfits(definitions: Definitions, name: str, arguments: Any) -> Iterator[Misfit]:
    """Says what does not fit; at least one thing where `fits` says no."""
    if not fits(definitions, name, arguments):
        for error in compiled(definitions).validators[name].iter_errors(arguments):
            yield Misfit(pointer_to(error.instance_path), _why(error))


def _compile(parameters: Any) -> Any:
    """Gives a validator, or what is wrong; what the newest draft refuses may be of draft 7."""
    import jsonschema_rs

    if not isinstance(parameters, dict):
        return Misfit("", f"{kind_of(parameters)}, not an object")
    try:
        return jsonschema_rs.Draft202012Validator(parameters, retriever=_refuse)
    except ValueError as error:
        refused = error
    try:
        return jsonschema_rs.Draft7Validator(parameters, retriever=_refuse)
    except ValueError:
        return _fault(refused)


def _refuse(uri: str) -> Any:
    raise ValueError(f"not fetched: {uri}")


def _fault(error: Any) -> Misfit:
    path = getattr(error, "instance_path", None)
    kind = getattr(getattr(error, "kind", None), "name", "")
    if path is None or kind == "referencing":
        return Misfit("", "a $ref leads nowhere")
    return Misfit(pointer_to(path), f"{quoted(error.instance)} is not allowed here")


def _why(error: Any) -> str:
    """One failure in words, without more of the data than names and a short value."""
    keyword, value, of = error.kind.name, error.instance, error.kind.as_dict()
    if keyword == "type":
        return f"{kind_of(value)}, not {cut(' or '.join(of['types']))}"
    if keyword == "required":
        return f"{quoted(of['property'])} is missing"
    if keyword == "enum":
        return f"{quoted(value)} is not in the enum"
    if "unexpected" in of:
        return f"{', '.join(names_of(of['unexpected']))} is not declared"
    limit = of.get("limit", of.get("pattern"))
    return f"{quoted(value)} breaks {keyword}{'' if limit is None else f' {quoted(limit)}'}"
