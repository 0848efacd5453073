"""`ftdata explain`."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("code")
def explain_command(*, code: str) -> None:
    """Tell what a finding means, why it matters and how to repair it.

    CODE is a code (FT303) or a name (unknown-role).
    """
    from ftdata.errors import UnknownName
    from ftdata.rules.registry import all_rules, page_of

    wanted = code.strip()
    for rule in all_rules():
        if wanted.upper() == rule.code or wanted.lower() == rule.name:
            click.echo(f"{rule.code} {rule.name} ({rule.severity})\n\n{page_of(rule.code)}")
            return
    raise UnknownName(
        "code", code, [name for rule in all_rules() for name in (rule.code, rule.name)]
    )
