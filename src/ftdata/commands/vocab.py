"""`ftdata vocab`."""

from __future__ import annotations

import click


@click.command("vocab")
@click.option("--export", "folder", required=True, help="Folder to write the files to.")
def vocab_command(*, folder: str) -> None:
    """Write the vocabularies for other tools that use tiktoken without a network.

    Set TIKTOKEN_CACHE_DIR to the folder, and tiktoken finds them.
    """
    from ftdata.tokens.vocabulary import export

    for path in export(folder):
        click.echo(path)
