"""`ftdata estimate`."""

from __future__ import annotations

from typing import Any

import click

from ftdata.commands.console import ProgressLine, announce, print_json, printable, say
from ftdata.commands.options import engine_options, reading, source_options, token_options
from ftdata.commands.price_options import billions, price_options, stated_amounts


@click.command("estimate")
@source_options
@click.option("--target", default="openai-sft", show_default=True, help="Who would train.")
@click.option(
    "--model",
    "models",
    multiple=True,
    help="Model to price; may be repeated. Default: all of the target.",
)
@token_options
@click.option(
    "--epochs", type=click.IntRange(min=1), help="Passes over the data. Default: the target's rule."
)
@click.option(
    "--parameters",
    metavar="SIZE",
    help="Size of a model that is not in the catalog, such as 8b: vendors price by it.",
)
@price_options
@click.option(
    "--tier", default="global", show_default=True, help="Price tier, where there are some."
)
@click.option("--region", help="Region, for regional prices.")
@click.option(
    "--tuning",
    type=click.Choice(["lora", "full"]),
    help="Which weights are trained, where the price depends on it. Default: lora.",
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
    **values: Any,
) -> int:
    """Count training tokens exactly, and say what a job will cost, before it starts.

    The data is validated too: rows with errors are not counted, and are said. Exits with 1 when a row has
    an error.
    """
    from ftdata.api.estimating import estimate
    from ftdata.reports.estimate_json import estimate_json
    from ftdata.reports.estimate_text import estimate_text

    progress = ProgressLine()
    result = estimate(
        list(sources),
        price=stated_amounts(price),
        parameters=None if parameters is None else billions(parameters),
        reading=reading(values),
        progress=progress,
        announce=None if quiet else announce,
        **values,
    )
    progress.close()
    if output_format == "json":
        print_json(estimate_json(result.report, result.quotes, result.advice, target=result.target))
    else:
        text = estimate_text(
            result.report,
            result.quotes,
            result.advice,
            target=result.target,
            retired=result.retired,
        )
        click.echo(printable(text))
    if result.report.invalid and not quiet:
        say(f"ftdata validate --target {result.target} says what is wrong with the invalid rows")
    return 1 if result.report.errors else 0
