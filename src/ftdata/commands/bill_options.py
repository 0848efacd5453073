"""Options that say how a tuned model would be used, what is used today, and what may be spent."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ftdata.costs.usage import Usage

_Function = TypeVar("_Function", bound=Callable[..., Any])


def epochs(text: str | None) -> Any:
    """Reads a number of epochs, or whose rule gives it."""
    if text is None or text in RULES:
        return text
    if text.isascii() and text.isdigit() and int(text) >= 1:
        return int(text)
    raise click.BadParameter(
        f"{text!r} is neither a number of at least 1 nor {', '.join(RULES)}", param_hint="--epochs"
    )


def bill_options(function: _Function) -> _Function:
    """What a bill needs to know beside the data."""
    for decorator in reversed(_OPTIONS):
        function = decorator(function)
    return function


RULES = ("vendor", "cookbook", "between")
_COUNT = click.IntRange(min=0)
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--epochs",
        metavar="N|RULE",
        help="Passes over the data: a number, or vendor, cookbook or between, whose rule gives it. "
        "Default: the vendor's, or else one.",
    ),
    click.option(
        "--validation",
        metavar="FILE",
        help="Validation data; it is validated too, and billed where the vendor does.",
    ),
    click.option(
        "--evaluations",
        type=_COUNT,
        help="Passes over the validation data, where each is billed. Default: from none to one an epoch.",
    ),
    click.option(
        "--hours",
        metavar="LOW-HIGH",
        help="How long a job takes that is billed by time, such as 2-10.",
    ),
    click.option("--requests", type=_COUNT, help="Requests to the tuned model, a month."),
    click.option(
        "--prompt-tokens", type=_COUNT, help="Of one request. Default: the mean of the rows."
    ),
    click.option(
        "--completion-tokens", type=_COUNT, help="Of one answer. Default: the mean of the rows."
    ),
    click.option(
        "--baseline-prompt",
        metavar="FILE",
        help="The whole prompt of a request as it is sent today: says when tuning pays back.",
    ),
    click.option(
        "--baseline-tokens", type=_COUNT, help="Tokens of that prompt, instead of the file."
    ),
    click.option(
        "--baseline-model", metavar="NAME", help="The model that answers today, if it is another."
    ),
    click.option(
        "--baseline-price",
        metavar="IN/OUT",
        help="What today's model costs, in USD per million tokens in and out. Default: the catalog's.",
    ),
    click.option(
        "--retries-before",
        metavar="RATE",
        help="How often a request is sent again today, such as 0.3.",
    ),
    click.option(
        "--retries-after", metavar="RATE", help="The same with the tuned model. Default: 0."
    ),
    click.option(
        "--max-spend",
        metavar="USD",
        help="Exit with 1 if training is expected to cost more, or its cost is not known. Of several "
        "models that are named, each counts; else the cheapest.",
    ),
)


def usage(values: dict[str, Any]) -> Usage:
    """Takes the options on use out of a command's values. Raises UnreadableSource for the prompt's file."""
    from ftdata.costs.usage import Usage

    after, path = values.pop("retries_after"), values.pop("baseline_prompt")
    return Usage(
        requests=values.pop("requests"),
        prompt_tokens=values.pop("prompt_tokens"),
        completion_tokens=values.pop("completion_tokens"),
        hours=_hours(values.pop("hours")),
        evaluations=values.pop("evaluations"),
        baseline_prompt=None if path is None else _text_of(path),
        baseline_tokens=values.pop("baseline_tokens"),
        baseline_model=values.pop("baseline_model"),
        baseline_rates=_rates(values.pop("baseline_price")),
        retries_before=decimal(values.pop("retries_before"), "--retries-before"),
        retries_after=decimal(after, "--retries-after") or Decimal(0),
    )


def decimal(text: str | None, option: str) -> Decimal | None:
    """Reads a number of at least 0. Raises BadParameter."""
    if text is None:
        return None
    try:
        number = Decimal(str(text))
    except InvalidOperation:
        number = Decimal("NaN")
    if not (number.is_finite() and number >= 0):
        raise click.BadParameter(f"{text!r} is not a number of at least 0", param_hint=option)
    return number


def _hours(text: str | None) -> tuple[Decimal, Decimal] | None:
    if text is None:
        return None
    low, dash, high = str(text).partition("-")
    ends = decimal(low, "--hours"), decimal(high if dash else low, "--hours")
    return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])


def _rates(text: str | None) -> Any:
    from ftdata.costs.usage import Rates

    if text is None:
        return None
    given, slash, made = text.partition("/")
    if not slash:
        raise click.BadParameter(f"{text!r} is not IN/OUT", param_hint="--baseline-price")
    ends = decimal(given, "--baseline-price"), decimal(made, "--baseline-price")
    return None if ends[0] is None or ends[1] is None else Rates(ends[0], ends[1])


def _text_of(path: str) -> str:
    from ftdata.errors import UnreadableSource
    from ftdata.storage.places import open_raw

    try:
        with open_raw(path) as file:
            return file.read().decode("utf-8-sig")
    except OSError as error:
        raise UnreadableSource(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise UnreadableSource(path, f"not UTF-8: {error}") from error
