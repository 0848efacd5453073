"""What becomes of real data: converts and validates every file of a folder.

    python bench/real_data.py                  prints a Markdown table for ../shared/data
    python bench/real_data.py FOLDER           for another folder
    python bench/real_data.py --write          puts the table into bench/README.md

For each file: what it was read as, rows in, examples out, rows rejected and dropped, whether the accounts
add up (counted again here, in the files written), and what `ftdata validate` says about the output.
A file that is refused is listed with the reason. Exits with 1 if accounts do not add up, if a command
fails with a fault of ours, or if an output has an error that the source did not have (see `known` in
real_data.toml).
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from ftdata.model import ReadOptions
from ftdata.readers.sources import find_sources

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).resolve().parent
SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".parquet", ".arrow", ".txt", ".md", ".xlsx")
LEFT_OUT = ("*/SOURCE.txt", "README.md", "*/dataset_info.json", "json_test_suite/*")
_MARKS = ("<!-- real data: begin -->\n", "<!-- real data: end -->\n")
_ACCOUNTS = re.compile(
    r"([\d,]+) rows? read = ([\d,]+) written \+ ([\d,]+) rejected \+ ([\d,]+) dropped"
)


@dataclass
class Outcome:
    """What became of one file."""

    name: str
    options: str = ""
    container: str = ""
    layout: str = ""
    rows: int = 0
    written: int = 0
    rejected: int = 0
    dropped: int = 0
    adds_up: bool = False
    refused: str = ""
    fault_of_ours: bool = False
    errors: Counter[str] = field(default_factory=Counter)  # of the output, by code
    cause: str = ""  # why the source has such errors
    reasons: Counter[str] = field(default_factory=Counter)  # of rejection, by code

    @property
    def is_good(self) -> bool:
        """True for a file that was converted without loss and without errors, or refused with a reason."""
        if self.fault_of_ours:
            return False
        return bool(self.refused) or (self.adds_up and (not self.errors or bool(self.cause)))


def main() -> int:
    """Runs everything and prints or writes the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = HERE.parent.parent / "shared" / "data"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--to", default="openai-sft")
    parser.add_argument("--only", default="*", help="names of files to try, as a pattern")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"{options.folder} is not there; nothing to try", file=sys.stderr)
        return 0
    outcomes = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for path, more in runs(options.folder, options.only):
            name = path.relative_to(options.folder).as_posix()
            outcome = tried(
                Outcome(name, " ".join(map(quoted, more))), path, more, options.to, folder
            )
            outcomes.append(outcome)
            print("." if outcome.is_good else f"\n{outcome}\n", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    text = table(outcomes, options.to)
    if options.write:
        put_into_readme(text)
    else:
        print(text)
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def runs(folder: Path, only: str) -> Iterator[tuple[Path, list[str]]]:
    """Every fitting file as it is, and then with the options that real_data.toml names for it."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        plain = name.removesuffix(".gz").removesuffix(".zst").removesuffix(".bz2")
        if not plain.endswith(SUFFIXES) or any(fnmatch(name, pattern) for pattern in LEFT_OUT):
            continue
        if fnmatch(name, only):
            yield path, []
            yield from ((path, run["options"]) for run in noted("run", name))


def noted(kind: str, name: str) -> list[dict[str, Any]]:
    """What real_data.toml says about a file."""
    notes = tomllib.loads((HERE / "real_data.toml").read_text(encoding="utf-8"))
    return [note for note in notes[kind] if fnmatch(name, note["files"])]


def tried(outcome: Outcome, path: Path, more: list[str], target: str, folder: Path) -> Outcome:
    """Converts one file, counts what was written, and validates it."""
    output, rejects = folder / "out.jsonl", folder / "rejects.jsonl"
    for leftover in (output, rejects):
        leftover.unlink(missing_ok=True)
    done = ftdata(
        *("convert", str(path), "--to", target, "-o", str(output), "--rejects", str(rejects), *more)
    )
    outcome.container = find_sources([str(path)], ReadOptions())[0].container
    layout = re.search(r": layout ([\w-]+)", done.stderr)
    outcome.layout = layout.group(1) if layout else "columns"
    accounts = _ACCOUNTS.search(done.stderr)
    if done.returncode not in (0, 1) or accounts is None:
        outcome.refused = done.stderr.strip().splitlines()[-1].replace(str(path), path.name)
        outcome.fault_of_ours = done.returncode != 2
        return outcome
    rows, written, rejected, dropped = (int(n.replace(",", "")) for n in accounts.groups())
    outcome.rows, outcome.written, outcome.rejected, outcome.dropped = (
        rows,
        written,
        rejected,
        dropped,
    )
    for line in rejects.read_bytes().splitlines() if rejects.exists() else ():
        outcome.reasons[json.loads(line)["code"]] += 1
    outcome.adds_up = (
        rows == written + rejected + dropped
        and written == lines_in(output)
        and rejected == sum(outcome.reasons.values())
    )
    if written:
        judge(output, target, outcome)
    return outcome


def judge(output: Path, target: str, outcome: Outcome) -> None:
    """Validates what was written, and notes the errors by code."""
    done = ftdata(
        *("validate", str(output), "--target", target, "--output-format", "json"),
        *("--max-findings", str(10**6)),
    )
    if done.returncode not in (0, 1):
        outcome.fault_of_ours = True
        outcome.refused = done.stderr.strip().splitlines()[-1]
        return
    findings = json.loads(done.stdout)["findings"]
    outcome.errors = Counter(one["code"] for one in findings if one["severity"] == "error")
    for note in noted("known", outcome.name):
        if set(note["codes"]) >= set(outcome.errors):
            outcome.cause = note["why"]


def ftdata(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line of this environment."""
    program = Path(sys.executable).parent / "ftdata"
    return subprocess.run(
        [str(program), *arguments], capture_output=True, encoding="utf-8", check=False
    )


def lines_in(path: Path) -> int:
    """Newlines of a file."""
    return path.read_bytes().count(b"\n")


def quoted(option: str) -> str:
    """An option as one would type it."""
    return option if re.fullmatch(r"[\w./=-]+", option) else f'"{option}"'


def table(outcomes: list[Outcome], target: str) -> str:
    """The outcomes as two Markdown tables: converted, and refused."""
    converted = [outcome for outcome in outcomes if not outcome.refused]
    refused = [outcome for outcome in outcomes if outcome.refused]
    lines = [
        f"{len(converted)} conversions to `{target}`:",
        "",
        "| file | options | container | layout | rows in | examples out | rejected | dropped "
        "| accounts | output |",
        "|---|---|---|---|---:|---:|---|---:|---|---|",
    ]
    lines += [
        f"| {one.name} | {code(one.options)} | {one.container} | {one.layout} | {one.rows:,} "
        f"| {one.written:,} | {rejected_cell(one)} | {one.dropped} "
        f"| {'add up' if one.adds_up else '**differ**'} | {output_cell(one)} |"
        for one in converted
    ]
    lines += [
        "",
        f"{len(refused)} refusals (exit code 2):",
        "",
        "| file | options | reason |",
        "|---|---|---|",
    ]
    lines += [f"| {one.name} | {code(one.options)} | {shortened(one.refused)} |" for one in refused]
    return "\n".join(lines) + "\n"


def rejected_cell(outcome: Outcome) -> str:
    """How many rows were rejected, and why."""
    if not outcome.rejected:
        return "0"
    reasons = ", ".join(f"{code} {times:,}" for code, times in sorted(outcome.reasons.items()))
    return f"{outcome.rejected:,} ({reasons})"


def output_cell(outcome: Outcome) -> str:
    """What `validate` says about the output."""
    if not outcome.written:
        return "empty"
    errors = ", ".join(f"{code} {times:,}" for code, times in sorted(outcome.errors.items()))
    if errors and outcome.cause:
        return f"{errors}: {outcome.cause}"
    return f"**{errors}**" if errors else "valid"


def code(text: str) -> str:
    """Inline code, or nothing."""
    return f"`{text}`" if text else ""


def shortened(text: str) -> str:
    """A message that keeps the table readable."""
    text = text.removeprefix("ftdata: ").replace("|", "\\|")
    return text if len(text) <= 300 else f"{text[:297]}..."


def put_into_readme(text: str) -> None:
    """Replaces what stands between the marks of bench/README.md."""
    readme = HERE / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(_MARKS[0])
    after = rest.split(_MARKS[1])[1]
    readme.write_text(f"{before}{_MARKS[0]}\n{text}\n{_MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
