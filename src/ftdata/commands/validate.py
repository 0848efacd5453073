"""`ftdata validate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ftdata.commands.console import ProgressLine, announce, print_finding, print_json
from ftdata.commands.matrix import print_matrix
from ftdata.commands.options import codes, engine_options, reading, source_options, token_options

if TYPE_CHECKING:
    from ftdata.api.validating import ValidationResult


@click.command("validate")
@source_options
@click.option(
    "--target",
    multiple=True,
    default=("generic-chat",),
    show_default="generic-chat",
    metavar="TARGET[,TARGET]|all",
    help="Whose rules to apply. Of several (also by repeating the option), or of all: a table of "
    "what each accepts.",
)
@click.option("--model", help="The model to be tuned; decides the token limit.")
@token_options
@click.option("--count", "count_tokens", is_flag=True, help="Count the tokens of every record.")
@click.option("--select", multiple=True, help="Only these codes, prefixes (FT3) or names.")
@click.option("--ignore", multiple=True, help="Not these codes, prefixes or names.")
@click.option(
    "--max-findings",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    help="Print at most this many; the totals always count all.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--statistics", is_flag=True, help="Print how often each code was found.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@engine_options
@click.option("-q", "--quiet", is_flag=True, help="Do not say how the sources are read.")
def validate_command(
    *,
    sources: tuple[str, ...],
    target: tuple[str, ...],
    model: str | None,
    max_findings: int,
    strict: bool,
    statistics: bool,
    output_format: str,
    quiet: bool,
    **values: Any,
) -> int:
    """Find every fault of training data, with its line, before a vendor does.

    SOURCE is a file, a folder, a glob, a URI such as s3://bucket/key or - for standard input; .gz, .zst
    and .bz2 are read as they are.
    Exits with 0 when nothing is at error severity, 1 when something is, 2 on wrong use. With several
    targets, each of them counts; with --target all, 0 means that at least one accepts everything.
    """
    from ftdata.api.validating import validate

    progress = ProgressLine()
    targets = codes(target)
    values |= {
        "select": codes(values["select"]),
        "ignore": codes(values["ignore"]),
        "reading": reading(values),
        "progress": progress,
        "announce": None if quiet else announce,
    }
    if len(set(targets)) > 1 or "all" in targets:
        values |= {"model": model, "statistics": statistics}
        return print_matrix(
            sources, targets, strict=strict, as_json=output_format == "json", **values
        )
    result = validate(
        list(sources),
        target=targets[0] if targets else "",
        model=model,
        keep=max(max_findings, 1),
        **values,
    )
    progress.close()
    if output_format == "json":
        print_json(result.to_json(max_findings=max_findings))
    else:
        _print_text(result, max_findings, statistics=statistics)
    return 1 if result.report.errors or (strict and result.report.warnings) else 0


def _print_text(result: ValidationResult, max_findings: int, *, statistics: bool) -> None:
    from ftdata.reports.findings_text import finding_lines, statistics_table, totals_line

    for severity, text in finding_lines(result.report, max_findings):
        print_finding(severity, text)
    if statistics and result.report.by_code:
        click.echo(statistics_table(result.report))
    click.echo(totals_line(result.report, target=result.target, tokens=result.tokens))
