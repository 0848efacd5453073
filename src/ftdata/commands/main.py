"""The `ftdata` command: its subcommands, exit codes and last line of defence.

Exit codes: 0 nothing at error severity; 1 findings at error severity (or warnings with --strict), or rows
rejected by convert; 2 wrong use; 3 a fault of ours. Ended from outside: 128 and the signal's number, which
is 130 for Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from ftdata.commands.configuration import load_configuration
from ftdata.commands.console import say
from ftdata.commands.convert import convert_command
from ftdata.commands.ending import Ended, tidy_end
from ftdata.commands.estimate import estimate_command
from ftdata.commands.explain import explain_command
from ftdata.commands.prices import prices_command
from ftdata.commands.targets import targets_command
from ftdata.commands.validate import validate_command
from ftdata.commands.vocab import vocab_command
from ftdata.errors import FtdataError, WorkerLost
from ftdata.storage.output import is_full
from ftdata.version import __version__

OUR_FAULT = 3
WRONG_USE = 2
BROKEN_PIPE = 128 + 13


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from ftdata.tokens.counter import counters_in_use

        click.echo(f"ftdata {__version__} ({counters_in_use()})")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and who counts the tokens, and exit.",
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Convert, validate and price training data before a fine-tuning job starts.

    \b
    ftdata convert faq.csv --to openai-sft -o train.jsonl
    ftdata validate train.jsonl --target openai-sft
    ftdata estimate train.jsonl --target openai-sft --model gpt-4.1-mini

    Options can also stand in [tool.ftdata.COMMAND] of pyproject.toml or in [COMMAND] of ftdata.toml.
    """
    context.default_map = load_configuration(cli)


for _command in (
    convert_command,
    validate_command,
    estimate_command,
    explain_command,
    targets_command,
    prices_command,
    vocab_command,
):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and gives the exit code."""
    try:
        with tidy_end():
            return int(cli.main(args=arguments, prog_name="ftdata", standalone_mode=False) or 0)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return _interrupted(130)
    except Ended as ended:
        return _interrupted(int(ended.code or 0))
    except click.ClickException as error:
        error.show()
        return WRONG_USE
    except FtdataError as error:
        say(f"ftdata: {error}")
        return OUR_FAULT if isinstance(error, WorkerLost) else WRONG_USE
    except SystemExit:
        # Click raises it when the reader of our output has gone; the interpreter would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:
        if is_full(error):
            say(f"ftdata: there is no room to write: {error}")
            return WRONG_USE
        import traceback

        traceback.print_exc()
        click.echo(
            "ftdata: this is a fault of ftdata, not of your data; please report it", err=True
        )
        return OUR_FAULT


def _interrupted(code: int) -> int:
    click.echo("interrupted; nothing half-written was left behind", err=True)
    return code
