"""`ftdata targets`."""

from __future__ import annotations

import click


@click.command("targets")
@click.argument("target", required=False)
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def targets_command(*, target: str | None, output_format: str) -> None:
    """List the targets, or every constraint of one with its source and date."""
    from ftdata.catalog.target_catalog import load_target, target_ids
    from ftdata.commands.console import print_json
    from ftdata.reports.target_pages import target_json, target_text, targets_text

    loaded = [load_target(name) for name in ([target] if target else target_ids())]
    if output_format == "json":
        print_json([target_json(one) for one in loaded])
    elif target:
        click.echo(target_text(loaded[0]))
    else:
        click.echo(targets_text(loaded))
