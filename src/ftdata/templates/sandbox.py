"""Chat templates, compiled as transformers compiles them, in a sandbox that also bounds what they cost.

Settings, filters and globals are those of transformers 5.23.0, utils/chat_template_utils.py: immutable
sandbox, trimmed blocks, loop controls, `tojson` without HTML escapes, `raise_exception`, `strftime_now`,
`dict`, `namespace` and `{% generation %}`. What depends on chance (`random`, `lipsum`) is not there.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from threading import Lock
from typing import Any, NamedTuple

from jinja2 import nodes, pass_eval_context
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, pass_context, pass_environment
from jinja2.visitor import NodeTransformer

from ftdata.templates.bounds import (
    Budget,
    TooMuch,
    check_call,
    check_date_pattern,
    check_operation,
    weight_of,
)

_LOOK_AT = "ftdata look at"  # names with a space: no template can say them
_STEP = "ftdata step"
_ABSENT_FILTERS = ("random", "urlize", "wordwrap", "xmlattr", "pprint", "striptags")
_LARGEST_INPUT = 1 << 40  # the row itself is never too much
_MACRO_STEPS = 8  # a call of a macro takes that much longer than a pass of a loop
_STATIC_STEP = 64  # characters of the template's own text in one step


class Refused(Exception):
    """The template stops; `reason` is what it says, or what went wrong inside of it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
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
            tree = _Bounding().visit(tree)
            self._template = self._environment.from_string(tree)
        except (
            TemplateError,
            TooMuch,
            RecursionError,
            MemoryError,
            SyntaxError,
            ValueError,
        ) as fault:
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
                raise Refused(_reason(fault)) from fault
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
            extensions=[_Generation, loopcontrols],
            finalize=_written,
        )
        for name in _ABSENT_FILTERS:
            del self.filters[name]
        self.filters["tojson"] = _tojson
        for name, function in self.filters.items():
            self.filters[name] = _bounded(name, function)
        self.filters[_LOOK_AT] = _look_at
        self.filters[_STEP] = _step
        for name in ("lipsum", "cycler", "joiner"):
            del self.globals[name]
        self.globals["raise_exception"] = _raise_exception
        self.globals["strftime_now"] = compiled.now
        self.globals["dict"] = _Dict()
        self.globals["namespace"] = _Namespace

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


def _bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that pays for what it is given and for what it makes."""
    passed = 1 if hasattr(function, "jinja_pass_arg") else 0

    @pass_context
    def paying(context: Context, *arguments: Any, **named: Any) -> Any:
        environment: Any = context.environment
        budget = environment.budget
        value, *rest = arguments
        if name == "join" and not hasattr(value, "__len__"):
            value = list(value)
        budget.look_at(value)
        for one in (*rest, *named.values()):
            budget.look_at(one)
        check_call(name, value, (*rest, *named.values()), budget.most)
        first = (_passed(function, context),) if passed else ()
        return budget.look_at(function(*first, value, *rest, **named))

    return functools.update_wrapper(paying, function, assigned=("__name__", "__doc__"), updated=())


def _passed(function: Callable[..., Any], context: Context) -> Any:
    """What Jinja hands to a filter that asks for more than its value."""
    kind = function.jinja_pass_arg.name  # type: ignore[attr-defined]
    return {
        "context": context,
        "eval_context": context.eval_ctx,
        "environment": context.environment,
    }[kind]


class _Bounding(NodeTransformer):
    """Puts what pays into the tree of a template."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802
        """Each pass is a step, and so is each element that is passed over."""
        self.generic_visit(node)
        node.body = [_paying_statement(node.body), *node.body]
        if node.test is not None:
            node.test = nodes.And(_filter(nodes.Const(1), _STEP), node.test, lineno=node.lineno)
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:  # noqa: N802
        """Each call pays for the text of the macro."""
        self.generic_visit(node)
        node.body = [_paying_statement(node.body), *node.body]
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802
        """Both the parts and the whole are looked at."""
        self.generic_visit(node)
        node.nodes = [_looked_at(part) for part in node.nodes]
        return _looked_at(node)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:  # noqa: N802
        """Comparing takes as long as the values are large."""
        self.generic_visit(node)
        node.expr = _looked_at(node.expr)
        for operand in node.ops:
            operand.expr = _looked_at(operand.expr)
        return node

    def visit_Test(self, node: nodes.Test) -> nodes.Test:  # noqa: N802
        """As comparisons, where it is one."""
        self.generic_visit(node)
        if node.args:
            node.node = _looked_at(node.node)
            node.args = [_looked_at(argument) for argument in node.args]
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Getitem:  # noqa: N802
        """A slice is a copy."""
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _looked_at(node.node)
        return node

    def visit_List(self, node: nodes.List) -> nodes.Expr:  # noqa: N802
        """Lists of lists of lists can stand for more than was ever written."""
        self.generic_visit(node)
        return _looked_at(node)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Expr:  # noqa: N802
        """As lists."""
        self.generic_visit(node)
        return _looked_at(node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:  # noqa: N802
        """As lists, but where names are assigned to."""
        self.generic_visit(node)
        return _looked_at(node) if node.ctx == "load" else node


def _looked_at(node: nodes.Expr) -> nodes.Expr:
    parts = node.iter_child_nodes() if isinstance(node, (nodes.Tuple, nodes.List)) else (node,)
    if all(isinstance(part, nodes.Const) for part in parts):
        return node  # small, and made once
    return _filter(node, _LOOK_AT)


def _filter(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _paying_statement(body: list[nodes.Node]) -> nodes.ExprStmt:
    """Pays for one pass, and for the text that stands in it."""
    texts = [text for part in body for text in _texts_in(part)]
    cost = 1 + sum(len(text.data) for text in texts) // _STATIC_STEP
    return nodes.ExprStmt(_filter(nodes.Const(cost), _STEP))


def _texts_in(node: nodes.Node) -> list[nodes.TemplateData]:
    return (
        [node] if isinstance(node, nodes.TemplateData) else list(node.find_all(nodes.TemplateData))
    )


@pass_context
def _step(context: Context, steps: int) -> bool:
    context.environment.budget.step(steps)  # type: ignore[attr-defined]
    return True


@pass_context
def _look_at(context: Context, value: Any) -> Any:
    return context.environment.budget.look_at(value)  # type: ignore[attr-defined]


@pass_environment
def _written(environment: _Environment, value: Any) -> Any:
    return environment.budget.write(value)


class _Generation(Extension):
    """`{% generation %}`: the model's own words, as transformers finds them while a template is rendered."""

    tags = {"generation"}  # noqa: RUF012 - as the base class declares it

    def parse(self, parser: Parser) -> nodes.Node:
        """Reads the block."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        call = self.call_method("_generated")
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    @pass_eval_context
    def _generated(self, context: nodes.EvalContext, caller: Macro) -> str:
        text: str = caller()
        environment: Any = context.environment
        environment.generated.append((environment.position, environment.position + len(text)))
        return text


def _raise_exception(message: Any) -> None:
    raise TemplateError(str(message))


def _tojson(
    x: Any,
    ensure_ascii: bool = False,
    indent: Any = None,
    separators: Any = None,
    sort_keys: bool = False,
) -> str:
    return json.dumps(
        x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )


class _Dict:
    """`dict`, without the attributes of the class."""

    def __call__(self, *values: Any, **named: Any) -> dict[Any, Any]:
        return dict(*values, **named)

    def fromkeys(self, *values: Any) -> dict[Any, Any]:
        """As `dict.fromkeys`."""
        return dict.fromkeys(*values)


class _Namespace(Namespace):
    """`namespace`, without names that begin with an underscore."""

    def __init__(*args: Any, **kwargs: Any) -> None:
        self, *rest = args
        attributes: Mapping[Any, Any] = dict(*rest, **kwargs)
        for name in attributes:
            _check_name(name)
        Namespace.__init__(self, attributes)

    def __setitem__(self, name: str, value: Any) -> None:
        _check_name(name)
        super().__setitem__(name, value)


def _check_name(name: Any) -> None:
    if isinstance(name, str) and name.startswith("_"):
        raise SecurityError(f"a namespace cannot hold {name!r}")
