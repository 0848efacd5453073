"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ftdata.model import ReadOptions

_Function = TypeVar("_Function", bound=Callable[..., Any])


def source_options(function: _Function) -> _Function:
    """SOURCE... and how to read it where it does not say so itself."""
    for decorator in reversed(_SOURCE_OPTIONS):
        function = decorator(function)
    return function


_SOURCE_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("sources", nargs=-1, required=True, metavar="SOURCE..."),
    click.option(
        "--input-type",
        metavar="TYPE",
        help="What the sources hold: jsonl, json, csv, parquet, arrow, excel or text. "
        "Default: told from suffix and content.",
    ),
    click.option("--encoding", help="Encoding of CSV and text sources. Default: detected."),
    click.option("--delimiter", help="What stands between CSV cells. Default: detected."),
    click.option(
        "--header/--no-header", default=None, help="Whether the first CSV row names the columns."
    ),
    click.option(
        "--quotes/--no-quotes", default=None, help='Whether " quotes CSV cells. Default: detected.'
    ),
    click.option("--sheet", help="Sheet of a workbook. Default: the first."),
    click.option(
        "--max-line-bytes",
        type=click.IntRange(min=1),
        default=ReadOptions().max_line_bytes,
        show_default=True,
        help="A longer line is a finding and is not read.",
    ),
)


def token_options(function: _Function) -> _Function:
    """How tokens are counted and where examples end."""
    for decorator in reversed(_TOKEN_OPTIONS):
        function = decorator(function)
    return function


_TOKEN_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--tokenizer", help="cl100k_base or o200k_base. Default: that of the model or target."
    ),
    click.option(
        "--chat-template",
        metavar="PATH",
        help="Folder of a model, or a file of it with the chat template: renders rows as trainers do, and "
        "counts by its tokenizer.json.",
    ),
    click.option(
        "--max-tokens",
        type=click.IntRange(min=1),
        help="Tokens of one example. Default: the limit of the model or target.",
    ),
)


def engine_options(function: _Function) -> _Function:
    """Who does the work, and how many at once."""
    for decorator in reversed(_ENGINE_OPTIONS):
        function = decorator(function)
    return function


_ENGINE_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--workers",
        type=click.IntRange(min=1),
        help="Processes that share the work on large files; 1 starts none. Default: one a core. "
        "On a cluster: units under way at once.",
    ),
    click.option(
        "--engine",
        default="local",
        show_default=True,
        help="Who does the work: local (processes of this machine) or ray.",
    ),
    click.option(
        "--ray-address",
        metavar="ADDRESS",
        help="Ray cluster to join: auto, HOST:PORT or ray://HOST:PORT. Default: start one here.",
    ),
)


def reading(values: dict[str, Any]) -> ReadOptions:
    """Takes the reading options out of a command's values."""
    delimiter = values.pop("delimiter")
    return ReadOptions(
        container=values.pop("input_type"),
        encoding=values.pop("encoding"),
        delimiter="\t" if delimiter in ("\\t", "tab") else delimiter,
        header=values.pop("header"),
        quoting=values.pop("quotes"),
        sheet=values.pop("sheet"),
        max_line_bytes=values.pop("max_line_bytes"),
    )


def codes(values: tuple[str, ...]) -> tuple[str, ...]:
    """Codes may be given several times or separated by commas."""
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def pairs(values: tuple[str, ...], option: str) -> dict[str, str]:
    """Splits NAME=VALUE options. Raises BadParameter where the = is missing."""
    found: dict[str, str] = {}
    for value in values:
        name, equals, rest = value.partition("=")
        if not equals or not name or not rest:
            raise click.BadParameter(f"{value!r} is not NAME=VALUE", param_hint=option)
        found[name] = rest
    return found
