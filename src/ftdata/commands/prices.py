"""`ftdata prices`."""

from __future__ import annotations

import click


@click.command("prices")
@click.argument("model", required=False)
@click.option("--vendor", help="Only this vendor.")
def prices_command(*, model: str | None, vendor: str | None) -> None:
    """List what the catalog knows of training prices, each with its date and source."""
    from ftdata.reports.price_table import price_table

    click.echo(price_table(model, vendor))
