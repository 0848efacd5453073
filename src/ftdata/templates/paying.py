"""Puts what pays into a template: into its tree before it is compiled, and around the filters it calls."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from jinja2 import nodes
from jinja2.runtime import Context
from jinja2.utils import pass_context
from jinja2.visitor import NodeTransformer

from ftdata.templates.bounds import check_call

#: Names of filters with a space: no template can say them.
_LOOK_AT = "ftdata look at"
_STEP = "ftdata step"

_STATIC_STEP = 64  # characters of the template's own text in one step


class Bounding(NodeTransformer):
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


def bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
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


@pass_context
def _step(context: Context, steps: int) -> bool:
    context.environment.budget.step(steps)  # type: ignore[attr-defined]
    return True


@pass_context
def _look_at(context: Context, value: Any) -> Any:
    return context.environment.budget.look_at(value)  # type: ignore[attr-defined]


#: The filters that pay, by their names.
PAYING = {_LOOK_AT: _look_at, _STEP: _step}
