"""`ftdata prices`."""

from __future__ import annotations

import click

from ftdata.commands.price_options import price_source_options


@click.command("prices")
@click.argument("model", required=False)
@click.option("--vendor", help="Only this vendor.")
@click.option("--target", help="Only the vendor and the method of this target.")
@price_source_options
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def prices_command(
    *,
    model: str | None,
    vendor: str | None,
    target: str | None,
    prices: str | None,
    price_age: int | None,
    output_format: str,
) -> None:
    """List known prices, each with its date and source: training, hosting, and use of the tuned model.

    With MODEL, every tier and region of that model at each vendor that has it; without, each vendor's list
    under its usual tier. JSON has all prices in both cases.
    """
    from ftdata.api.today import this_day
    from ftdata.catalog.price_catalog import CATALOG, PriceBook, stale_after_days
    from ftdata.catalog.price_file import read_price_file
    from ftdata.catalog.target_catalog import load_target
    from ftdata.commands.console import print_json, printable
    from ftdata.reports.price_json import price_json
    from ftdata.reports.price_rows import (
        chosen_vendors,
        models_named,
        prices_shown,
        rows_of_model,
        rows_of_vendor,
    )
    from ftdata.reports.price_table import model_table, units_line, vendor_table

    book = CATALOG if prices is None else PriceBook(read_price_file(prices))
    asked = load_target(target) if target else None
    method = asked.method if asked else None
    vendors = chosen_vendors(book, vendor, asked)
    named = models_named(model, vendors, book) if model else []
    age = {
        "today": this_day(),
        "max_age": stale_after_days() if price_age is None else price_age,
    }
    if output_format == "json":
        print_json(price_json(prices_shown(book, vendors, named, method=method), **age))  # type: ignore[arg-type]
        return
    tables = [model_table(one, rows_of_model(book, one, method=method), **age) for one in named]  # type: ignore[arg-type]
    if not model:
        by_vendor = [(name, rows_of_vendor(book, name, method=method)) for name in vendors]
        tables = [vendor_table(name, rows, **age) for name, rows in by_vendor if rows]  # type: ignore[arg-type]
    click.echo(printable("\n\n".join([*tables, units_line()])))
