"""`ftdata convert`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from ftdata.commands.console import ProgressLine, announce, say, say_if_retired
from ftdata.commands.options import engine_options, pairs, reading, source_options
from ftdata.model import DEFAULT_TOKENIZER

if TYPE_CHECKING:
    from ftdata.engines.conversion import ConversionAccounts

_SHOWN_REJECTS = 3
_SAID_BY_KEY = ("key-dropped", "turn-key-dropped")  # "not carried" names the keys


@click.command("convert")
@source_options
@click.option("--to", default="generic-chat", show_default=True, help="The target to write for.")
@click.option(
    "-o",
    "--output",
    default="-",
    help="File to write; .gz, .zst, .bz2 compress. FOLDER/: shards, of which a rerun keeps those "
    "that are complete. Default: stdout.",
)
@click.option("--from", "layout", help="Layout of the records. Default: told from their keys.")
@click.option(
    "--map", "columns", multiple=True, metavar="ROLE=COLUMN", help="Which column plays which role."
)
@click.option("--user", help='Column of the user turn, or a template: "Title: {title}".')
@click.option("--assistant", help="Column or template of the assistant turn.")
@click.option("--system", help="Column or template of the system turn.")
@click.option(
    "--instruction",
    help="Turn plain text into chat: the user turn ({title} and {text} are filled).",
)
@click.option(
    "--on-empty",
    type=click.Choice(["reject", "drop", "keep"]),
    default="reject",
    show_default=True,
    help="A row whose cell is missing or empty.",
)
@click.option(
    "--on-loss",
    type=click.Choice(["report", "fail"]),
    default="report",
    show_default=True,
    help="What the target has no place for: count it, or reject the row.",
)
@click.option(
    "--speaker", "speakers", multiple=True, metavar="NAME=ROLE", help="Whose turns are whose."
)
@click.option(
    "--chunk-tokens", type=click.IntRange(min=1), help="Cut documents into chunks of N tokens."
)
@click.option("--max-turns", type=click.IntRange(min=2), help="Cut long transcripts after N turns.")
@click.option(
    "--tokenizer", default=DEFAULT_TOKENIZER, show_default=True, help="Counts the tokens of chunks."
)
@click.option(
    "--rejects", help="File for rows that cannot be converted. Default: beside the output."
)
@click.option("--limit", type=click.IntRange(min=0), help="Read only the first N rows.")
@click.option("--sample", type=click.IntRange(min=1), help="Write N rows chosen by --seed.")
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Decides --sample and --split."
)
@click.option(
    "--split",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    help="Write NAME.train and NAME.validation; this share goes to train. No row is in both.",
)
@click.option(
    "--side-files/--no-side-files",
    default=True,
    show_default=True,
    help="Write what the trainer needs beside the file: a list of data sets, a configuration.",
)
@click.option("--report", help="File for the accounts as JSON: rows, reasons, losses.")
@engine_options
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def convert_command(
    *, sources: tuple[str, ...], report: str | None, quiet: bool, **values: Any
) -> int:
    """Turn CSV, Parquet, JSON or text into training lines; no row is lost unsaid.

    SOURCE is a file, a folder, a glob or - for standard input, and like the output it may be a URI, as in
    s3://bucket/faq.csv. Every row read is written, rejected (with its reason and its original values) or
    dropped on request. What the target has no place for, such as names, thoughts or images, is counted by
    name. Exits with 1 when rows were rejected.
    """
    from ftdata.api.converting import convert
    from ftdata.engines.accounts_file import check_report, write_accounts

    if report is not None:
        check_report(report, values["output"], values["rejects"])
    progress = ProgressLine()
    values["columns"] = pairs(values["columns"], "--map")
    values["speakers"] = pairs(values["speakers"], "--speaker")
    result = convert(
        list(sources),
        reading=reading(values),
        progress=progress,
        announce=None if quiet else announce,
        **values,
    )
    progress.close()
    if report is not None:
        write_accounts(result.accounts, report, target=values["to"])
    if not quiet:
        _say_accounts(result.accounts)
        say_if_retired(values["to"])
    return 0 if result.ok else 1


def _say_accounts(accounts: ConversionAccounts) -> None:
    from ftdata.reports.findings_text import count
    from ftdata.rules.registry import rule_coded
    from ftdata.storage.addresses import shown

    for path, lines in accounts.outputs.items():
        if path != "-":
            say(f"{shown(path)}: {count(lines, 'line')} written")
    for path, written in accounts.side_files.items():
        say(f"{shown(path)}: {'written' if written else 'there already, left as it is'}")
    if accounts.shards:
        say(_shards_text(count(accounts.shards, "shard"), accounts.shards_kept, accounts.shards))
    for reject in map(json.loads, accounts.first_rejects[:_SHOWN_REJECTS]):
        say(f"{reject['source']}:{reject['row']} {reject['code']} {reject['message']}")
    for code, times in [*accounts.reasons.most_common(), *accounts.notes.most_common()]:
        say(f"{code} {rule_coded(code).name}: {times}")
    _say_losses(accounts)
    if accounts.rejects_path is not None:
        path = shown(accounts.rejects_path)
        say(f"{path}: {count(accounts.rejected, 'rejected row')} with their values")
    say(
        f"{count(accounts.rows_read, 'row')} read = {accounts.written} written "
        f"+ {accounts.rejected} rejected + {accounts.dropped} dropped on request"
    )


def _say_losses(accounts: ConversionAccounts) -> None:
    from ftdata.model import LOSSES
    from ftdata.reports.findings_text import count

    ranked = sorted(accounts.losses.counts.items(), key=lambda item: (-item[1].rows, item[0]))
    for name, lost in ranked:
        if name in _SAID_BY_KEY:
            continue
        times = "" if lost.times == lost.rows else f", {lost.times} times"
        say(
            f"lost {name}: {LOSSES[name]} ({count(lost.rows, 'row')}{times}, "
            f"first {lost.source}:{lost.row})"
        )
    if accounts.not_carried:
        most = sorted(accounts.not_carried.items(), key=lambda item: (-item[1], item[0]))
        keys = ", ".join(f"{key} ({rows})" for key, rows in most[:12])
        say(f"not carried to the target: {keys}")


def _shards_text(shards: str, kept: int, total: int) -> str:
    if kept == total:
        return f"{shards}, all complete before: nothing was written anew"
    return f"{shards}, {kept} complete before and kept" if kept else f"{shards} written"
