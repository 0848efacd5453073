"""What `ftdata validate` prints for more than one target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from ftdata.commands.console import print_json, printable
from ftdata.errors import UsageError

#: Options of one target alone, by their parameters.
_OF_ONE = {
    "model": "--model",
    "count_tokens": "--count",
    "statistics": "--statistics",
    "chat_template": "--chat-template",
}


def print_matrix(
    sources: Sequence[str], targets: Sequence[str], *, strict: bool, as_json: bool, **values: Any
) -> int:
    """Prints the matrix and gives the exit code.

    Of targets that are named, each has to accept everything. All of them are a survey: one is enough.
    """
    from ftdata.api.matrix import ALL, validate_targets
    from ftdata.reports.matrix_text import matrix_lines

    for parameter, option in _OF_ONE.items():
        if values.pop(parameter):
            raise UsageError(f"{option} is for one target at a time")
    survey = ALL in targets
    result = validate_targets([*sources], ALL if survey else targets, **values)
    values["progress"].close()
    if as_json:
        print_json(result.to_json())
    else:
        for accepts, line in matrix_lines(result.rows, records=result.records):
            click.echo(printable(line) if accepts else click.style(printable(line), fg="yellow"))
    good = [row.accepts_all and not (strict and row.warnings) for row in result.rows]
    return 0 if (any(good) if survey else all(good)) else 1
