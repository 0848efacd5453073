"""Chat templates, compiled as transformers compiles them, in a sandbox that also bounds what they cost.

Settings, filters and globals are those of transformers 5.23.0, utils/chat_template_utils.py: immutable
sandbox, trimmed blocks, loop controls, `tojson` without HTML escapes, `raise_exception`, `strftime_now`,
`dict`, `namespace` and `{% generation %}`. What depends on chance (`random`, `lipsum`) is not there.
"""

from __future__ import annotations

from datetime import date, datetime, time
from threading import Lock
from typing import Any, NamedTuple

from jinja2 import nodes
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.ext import loopcontrols
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_environment

from ftdata.templates.bounds import (
    Budget,
    TooMuch,
    check_call,
    check_date_pattern,
    check_operation,
    weight_of,
)
from ftdata.templates.given import Generation, PlainDict, PlainNamespace, raise_exception, tojson
from ftdata.templates.paying import PAYING, Bounding, bounded

_ABSENT_FILTERS = ("random", "urlize", "wordwrap", "xmlattr", "pprint", "striptags")
_LARGEST_INPUT = 1 << 40  # the row itself is never too much
_MACRO_STEPS = 8  # a call of a macro takes that much longer than a pass of a loop


class Refused(Exception):
    """The template stops; `reason` is what it says, or what went wrong inside of it.

    `takes_too_much`: it was stopped.
    """

    def __init__(self, reason: str, *, takes_too_much: bool = False) -> None:
        self.reason = reason
        self.takes_too_much = takes_too_much
        super().__init__(reason)


class Rendered(NamedTuple):
    """The text, and the spans of characters that lie in `{% generation %}` blocks."""

    text: str
    generated: tuple[tuple[int, int], ...]


class Compiled:
    """One template, ready to render. Raises Refused if it is none. `today`: what `strftime_now` gives."""

    def __init__(self, source: str, today: date) -> None:
        self._today = today
        self._lock = Lock()
        self._environment = _Environment(self)
        try:
            tree = self._environment.parse(source)
            self.has_generation = any(
                getattr(call.call.node, "name", "") == "_generated"
                for call in tree.find_all(nodes.CallBlock)
            )
            tree = Bounding().visit(tree)
            self._template = self._environment.from_string(tree)
        except Exception as fault:  # a template may break the compiler in any way
            raise Refused(_reason(fault)) from fault

    def now(self, pattern: str) -> str:
        """What `strftime_now` gives: the day of the run, at midnight."""
        check_date_pattern(pattern)
        return datetime.combine(self._today, time()).strftime(pattern)

    def render(self, **values: Any) -> Rendered:
        """Renders; raises Refused where the template stops, fails or takes too much."""
        with self._lock:
            environment = self._environment
            environment.budget = Budget(weight_of(values, _LARGEST_INPUT))
            environment.position = 0
            environment.generated = []
            written: list[str] = []
            try:
                for block in self._template.generate(values):
                    written.append(block)
                    environment.position += len(block)
            except Exception as fault:  # whatever it is, it is the template's
                is_stopped = isinstance(fault, TooMuch)
                raise Refused(_reason(fault), takes_too_much=is_stopped) from fault
            return Rendered("".join(written), tuple(environment.generated))


def _reason(fault: Exception | SyntaxError) -> str:
    if isinstance(fault, TemplateError) and type(fault) is not SecurityError:
        return fault.message or type(fault).__name__
    if isinstance(fault, TooMuch):
        return f"it takes too much: {fault}"
    return f"{type(fault).__name__}: {fault}"


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox of transformers, with a budget."""

    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def __init__(self, compiled: Compiled) -> None:
        self.budget = Budget()
        self.position = 0
        self.generated: list[tuple[int, int]] = []
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[Generation, loopcontrols],
            finalize=_written,
        )
        for name in _ABSENT_FILTERS:
            del self.filters[name]
        self.filters["tojson"] = tojson
        for name, function in self.filters.items():
            self.filters[name] = bounded(name, function)
        self.filters.update(PAYING)
        for name in ("lipsum", "cycler", "joiner"):
            del self.globals[name]
        self.globals["raise_exception"] = raise_exception
        self.globals["strftime_now"] = compiled.now
        self.globals["dict"] = PlainDict()
        self.globals["namespace"] = PlainNamespace

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        budget = __self.budget
        budget.look_at((args, kwargs) if kwargs else args)
        name = getattr(__obj, "__name__", "")
        owner = getattr(__obj, "__self__", None)
        if owner is None:  # str.format is wrapped by the sandbox
            owner = getattr(getattr(__obj, "__wrapped__", None), "__self__", None)
        if isinstance(owner, (str, bytes, int)):
            check_call(name, owner, (*args, *kwargs.values()), budget.most)
        budget.step(_MACRO_STEPS if isinstance(__obj, Macro) else 1)
        return budget.look_at(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Bounds what the operators that make things grow are asked for."""
        budget = self.budget
        budget.look_at(left)
        budget.look_at(right)
        check_operation(operator, left, right, budget.most)
        return budget.look_at(super().call_binop(context, operator, left, right))


@pass_environment
def _written(environment: _Environment, value: Any) -> Any:
    return environment.budget.write(value)
