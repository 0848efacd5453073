"""`ftdata estimate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ftdata.commands.bill_options import bill_options, decimal, epochs, usage
from ftdata.commands.console import ProgressLine, announce, print_json, printable, say
from ftdata.commands.options import engine_options, reading, source_options, token_options
from ftdata.commands.price_options import billions, price_options, stated_amounts

if TYPE_CHECKING:
    from ftdata.api.comparison import Comparison
    from ftdata.api.estimate_result import EstimateResult


@click.command("estimate")
@source_options
@click.option("--target", default="openai-sft", show_default=True, help="Who would train.")
@click.option(
    "--model",
    "models",
    multiple=True,
    help="Model to price; may be repeated. Default: all of the target. For a trainer on one's own GPU: "
    "an open model, or its config.json.",
)
@token_options
@click.option(
    "--compare",
    is_flag=True,
    help="Instead: every model of every vendor that would take the data, in one table.",
)
@click.option(
    "--parameters",
    metavar="SIZE",
    help="Size of a model that is not in the catalog, such as 8b: vendors price by it.",
)
@price_options
@bill_options
@click.option(
    "--tier", default="global", show_default=True, help="Price tier, where there are some."
)
@click.option("--region", help="Region, for regional prices.")
@click.option(
    "--tuning",
    type=click.Choice(["full", "lora", "qlora"]),
    help="Which weights are trained; prices and one's own GPU depend on it. Default: lora.",
)
@click.option(
    "--batch-size",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="On one's own GPU: rows of one step on each GPU.",
)
@click.option(
    "--packing/--no-packing",
    default=False,
    help="On one's own GPU: rows are packed, none is padded.",
)
@click.option(
    "--lora-rank",
    type=click.IntRange(min=1),
    default=16,
    show_default=True,
    help="On one's own GPU: width of the adapters.",
)
@click.option("--lengths", is_flag=True, help="Show how long rows are.")
@click.option(
    "--plot",
    type=click.Path(),
    metavar="FILE",
    help="Draw how long rows are, as .svg or .png (needs matplotlib).",
)
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@engine_options
@click.option("-q", "--quiet", is_flag=True, help="Do not say how the sources are read.")
def estimate_command(
    *,
    sources: tuple[str, ...],
    price: tuple[str, ...],
    parameters: str | None,
    output_format: str,
    quiet: bool,
    batch_size: int,
    lora_rank: int,
    packing: bool,
    lengths: bool,
    plot: str | None,
    compare: bool,
    max_spend: str | None,
    **values: Any,
) -> int:
    """Count training tokens exactly, and say what a job will cost, before it starts.

    For a trainer that runs on one's own GPU, --model names an open model, or its config.json: then memory,
    hours and the rent of GPUs that hold it are said.

    With --compare, all hosted vendors are asked instead of one target: every model that would take the data
    is listed by its cost, and why the others would not.

    The data is validated too: rows with errors are not counted, and are said. Exits with 1 when a row has
    an error, or training costs more than --max-spend.
    """
    from ftdata.api.estimating import estimate
    from ftdata.api.own_gpu import GpuOptions
    from ftdata.reports.lengths_plot import plot_kind

    if plot is not None:
        plot_kind(plot)
    progress = ProgressLine()
    shared: dict[str, Any] = {
        "epochs": epochs(values.pop("epochs")),
        "usage": usage(values),
        "max_spend": decimal(max_spend, "--max-spend"),
        "price": stated_amounts(price),
        "reading": reading(values),
        "progress": progress,
        "announce": None if quiet else announce,
    }
    if compare:
        comparison = _comparison(list(sources), {**values, **shared})
        progress.close()
        _print(comparison, output_format)
        return _gate(comparison)
    result = estimate(
        list(sources),
        parameters=None if parameters is None else billions(parameters),
        gpu=GpuOptions(values["max_tokens"], batch_size, lora_rank, packing),
        lengths=lengths or plot is not None,
        **values,
        **shared,
    )
    progress.close()
    if plot is not None:
        result.plot(plot)
    _print(result, output_format)
    if result.report.invalid and not quiet:
        say(f"ftdata validate --target {result.target} says what is wrong with the invalid rows")
    return _gate(result) or (1 if result.report.errors else 0)


#: Options of one target, which a comparison of all does not take.
_OF_ONE_TARGET = ("models", "max_tokens", "tokenizer", "chat_template")


def _comparison(sources: list[str], values: dict[str, Any]) -> Comparison:
    from ftdata.api.comparing import compare
    from ftdata.errors import UsageError

    for name in _OF_ONE_TARGET:
        if values.pop(name):
            option = "model" if name == "models" else name.replace("_", "-")
            raise UsageError(f"--{option} is of one target, and --compare asks all of them")
    values.pop("target")
    return compare(sources, **values)


def _print(result: EstimateResult | Comparison, output_format: str) -> None:
    if output_format == "json":
        print_json(result.to_json())
    else:
        click.echo(printable(result.to_text()))


def _gate(result: EstimateResult | Comparison) -> int:
    """1, and why, where training costs more than it may."""
    from ftdata.reports.money_text import money

    limit = result.limit
    if limit is None:
        return 0
    above = result.above_limit
    if not above and result.is_within_limit:
        return 0
    if not above:
        say(f"no model takes the data, so none is within --max-spend {limit.usd:f}")
    for quote in above if limit.every else above[:1]:
        cost = (
            "is not known, which counts as above"
            if quote.cost is None
            else f"is {money(quote.cost)}, above"
        )
        which = "" if limit.every else "the cheapest, "
        say(f"{which}{quote.model}: the expected cost of training {cost} --max-spend {limit.usd:f}")
    return 1
