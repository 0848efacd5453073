"""Options from [tool.ftdata] of pyproject.toml, or from ftdata.toml; the command line wins."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from ftdata.errors import UsageError


def load_configuration(group: click.Group, folder: Path | None = None) -> dict[str, Any]:
    """Gives the defaults of each command from the nearest file at or above `folder`.

    Top-level keys apply to every command that has such an option. Raises UsageError for a key that no
    command knows and for a file that is not TOML.
    """
    found = _nearest(folder or Path.cwd())
    if found is None:
        return {}
    path, values = found
    defaults: dict[str, dict[str, Any]] = {name: {} for name in group.commands}
    known = {name: _options(command) for name, command in group.commands.items()}
    for key, value in values.items():
        if isinstance(value, Mapping) and key in group.commands:
            for option, setting in value.items():
                _set(defaults[key], known[key], option, setting, path)
        else:
            takers = [name for name in group.commands if _parameter(key) in known[name]]
            if not takers:
                _refuse(path, key, sorted(set(group.commands).union(*known.values())))
            for name in takers:
                _set(defaults[name], known[name], key, value, path)
    return defaults


def _nearest(folder: Path) -> tuple[Path, Mapping[str, Any]] | None:
    for place in (folder, *folder.parents):
        own = place / "ftdata.toml"
        if own.is_file():
            return own, _read(own)
        shared = place / "pyproject.toml"
        if shared.is_file():
            values = _read(shared).get("tool", {}).get("ftdata")
            if values is not None:
                return shared, values
        if (place / ".git").exists():
            return None
    return None


def _read(path: Path) -> Mapping[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not TOML: {error}") from error
    return values


def _options(command: click.Command) -> dict[str, click.Option]:
    options = [option for option in command.params if isinstance(option, click.Option)]
    return {option.name: option for option in options if option.name}


def _parameter(key: str) -> str:
    return key.replace("-", "_")


def _set(
    defaults: dict[str, Any],
    known: Mapping[str, click.Option],
    option: str,
    value: Any,
    path: Path,
) -> None:
    if _parameter(option) not in known:
        _refuse(path, option, sorted(known))
    lone = known[_parameter(option)].multiple and isinstance(value, str)
    defaults[_parameter(option)] = (
        [value] if lone else value
    )  # a text would be taken by its letters


def _refuse(path: Path, key: str, known: list[str]) -> None:
    near = get_close_matches(_parameter(key), known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"
    raise UsageError(f"{path}: no option {key!r}; {hint}")
