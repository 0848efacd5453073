"""Writes the pages that follow from code and data: rules, targets, the command line and losses.

    python docs/generate.py            writes docs/rules/, docs/targets/, docs/cli/ and docs/losses/
    python docs/generate.py --check    exits with 1 and names the pages that differ

To add a family of pages, write a module with `FOLDER` and `pages()`, and name it in `FAMILIES`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cli_pages
import loss_pages
import rule_pages
import target_pages

DOCS = Path(__file__).resolve().parent

FAMILIES = (rule_pages, target_pages, cli_pages, loss_pages)


def wanted_pages() -> dict[str, str]:
    """Every generated page: its path below docs/ and its text."""
    return {
        f"{family.FOLDER}/{name}": text
        for family in FAMILIES
        for name, text in family.pages().items()
    }


def written_pages() -> dict[str, str]:
    """What stands in the generated folders now."""
    return {
        path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8")
        for family in FAMILIES
        for path in sorted((DOCS / family.FOLDER).glob("*.md"))
    }


def differing(wanted: dict[str, str], written: dict[str, str]) -> list[str]:
    """The pages that are missing, stale or no longer wanted."""
    names = sorted(wanted.keys() | written.keys())
    return [name for name in names if wanted.get(name) != written.get(name)]


def write(wanted: dict[str, str], names: list[str]) -> None:
    """Brings the named pages up to date."""
    for name in names:
        path = DOCS / name
        if name in wanted:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[name], encoding="utf-8")
        else:
            path.unlink()


def main(arguments: list[str]) -> int:
    """Gives the exit status."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    wanted = wanted_pages()
    names = differing(wanted, written_pages())
    if arguments:
        for name in names:
            print(f"docs/{name} is not what python docs/generate.py writes")
        return 1 if names else 0
    write(wanted, names)
    print(f"{len(wanted)} pages, {len(names)} of them changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
