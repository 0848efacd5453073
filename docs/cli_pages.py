"""One page for the command line: the help of every command, as it prints it."""

from __future__ import annotations

import click
from markdown import GENERATED

from ftdata.commands.main import cli

FOLDER = "cli"
WIDTH = 100


def pages() -> dict[str, str]:
    """Every page of the folder by its file name."""
    parts = [f"{GENERATED}\n# The command line\n", _help("ftdata", cli)]
    parts += [_help(f"ftdata {name}", command) for name, command in cli.commands.items()]
    return {"README.md": "\n".join(parts)}


def _help(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
    return f"## {name}\n\n```text\n{command.get_help(context)}\n```\n"
