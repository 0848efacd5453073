"""One conversion from sources to files: limits, samples, splits, rejects and the accounts."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections import Counter
from collections.abc import Container, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import IO, Any

from ftdata.engines.lines_file import LinesFile
from ftdata.engines.selection import line_hash, sample_indexes, split_threshold
from ftdata.errors import FtdataError, UsageError
from ftdata.model import LossTally
from ftdata.operators.converting import Converted
from ftdata.rules.registry import rule_coded
from ftdata.storage.output import atomic_output
from ftdata.storage.places import beside, identity_of, is_pipe, remove, shown

_KEPT_REJECTS = 20


@dataclass(frozen=True)
class OutputRequest:
    """Where lines go and which of them. `split` is the share of the first part, between 0 and 1."""

    output: str
    rejects: str | None = None
    sample: int | None = None
    seed: int = 0
    split: float | None = None
    split_names: tuple[str, str] | None = (
        None  # of the target; None: the output's name with its part
    )

    def __post_init__(self) -> None:
        if self.split is not None and not 0 < self.split < 1:
            raise UsageError(f"--split {self.split} is not between 0 and 1")
        if self.split is not None and is_pipe(self.output):
            raise UsageError("--split writes two files; name them with -o FILE")
        if self.sample is not None and self.sample < 1:
            raise UsageError(f"--sample {self.sample} is not at least 1")
        if not self.output:
            raise UsageError("an output without a name: an empty text was given")
        if self.rejects is not None and identity_of(self.rejects) in map(identity_of, self.outputs):
            raise UsageError(f"{shown(self.rejects)} cannot take both the lines and the rejects")

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files that lines are written to: one, or the train and validation files of a split."""
        if self.split is None:
            return (self.output,)
        if self.split_names is not None:
            return tuple(beside(self.output, name) for name in self.split_names)
        return tuple(_with_part(self.output, part) for part in ("train", "validation"))

    @property
    def rejects_path(self) -> str | None:
        """Where rejected rows go: as asked, else beside the output; None where that is no file."""
        if self.rejects is not None or is_pipe(self.output):
            return self.rejects
        return _with_part(self.output, "rejects", compressed=False)


@dataclass
class ConversionAccounts:
    """What became of every row: rows_read = written + rejected + dropped, checked at the end."""

    rows_read: int = 0
    written: int = 0
    rejected: int = 0
    dropped: int = 0
    layouts: dict[str, str | None] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    not_carried: Counter[str] = field(default_factory=Counter)
    losses: LossTally = field(default_factory=LossTally)
    notes: Counter[str] = field(default_factory=Counter)
    outputs: dict[str, int] = field(default_factory=dict)  # lines by file
    side_files: dict[str, bool] = field(default_factory=dict)  # by path: written, or there before
    rejects_path: str | None = None
    first_rejects: list[bytes] = field(default_factory=list)
    shards: int = 0  # of a folder
    shards_kept: int = 0  # of these, were there already

    @property
    def has_unread_parts(self) -> bool:
        """True when a source, or a part of one, could not be read at all."""
        return any(
            code.startswith("FT1") and rule_coded(code).severity == "error" for code in self.notes
        )

    def add(self, part: Converted) -> None:
        """Adds the counts of a batch; its lines count as written."""
        self.rows_read += part.rows_read
        self.written += len(part.lines)
        self.rejected += part.rejected
        self.dropped += part.dropped
        self.reasons += part.reasons
        self.not_carried += part.not_carried
        self.losses.add(part.losses)
        self.notes += part.notes
        if len(self.first_rejects) < _KEPT_REJECTS:
            self.first_rejects += part.rejects[: _KEPT_REJECTS - len(self.first_rejects)]

    def rows_json(self) -> dict[str, int]:
        """Gives the rows by what became of them: read = written + rejected + dropped."""
        return {
            "read": self.rows_read,
            "written": self.written,
            "rejected": self.rejected,
            "dropped": self.dropped,
        }

    def check(self) -> None:
        """Raises FtdataError if a row is unaccounted for: that would be a fault of ours."""
        if self.rows_read != self.written + self.rejected + self.dropped:
            raise FtdataError(
                f"rows do not add up: {self.rows_read} read, {self.written} written, "
                f"{self.rejected} rejected, {self.dropped} dropped"
            )


def write_conversion(
    parts: Iterable[Converted], request: OutputRequest, accounts: ConversionAccounts
) -> None:
    """Writes everything, and fills the accounts. Files appear only when all is complete."""
    with ExitStack() as stack:
        rejects = LinesFile(request.rejects_path, stack)
        if request.sample is None and request.split is None:
            output = stack.enter_context(atomic_output(request.output))
            for part in parts:
                _write_lines(output, part.lines)
                rejects.write(part.rejects)
                accounts.add(part)
            accounts.outputs = {request.output: accounts.written}
        else:
            _write_selected(parts, request, accounts, rejects, stack)
        accounts.check()
        accounts.rejects_path = request.rejects_path if rejects.opened else None
    if request.rejects_path is not None and not rejects.opened:
        # Rejects of an earlier run under this run's name would be taken for this run's.
        remove(request.rejects_path)


def _write_selected(
    parts: Iterable[Converted],
    request: OutputRequest,
    accounts: ConversionAccounts,
    rejects: LinesFile,
    stack: ExitStack,
) -> None:
    spool = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    hashes = array("Q")
    for part in parts:
        _write_lines(spool, part.lines)
        hashes.extend(line_hash(line, request.seed) for line in part.lines)
        rejects.write(part.rejects)
        accounts.add(part)
    spool.seek(0)
    kept: Container[int] = range(len(hashes))
    if request.sample is not None and request.sample < len(hashes):
        kept = sample_indexes(hashes, request.sample)
    lines = ((index, line) for index, line in enumerate(spool) if index in kept)
    hashes_kept = (value for index, value in enumerate(hashes) if index in kept)
    _distribute(lines, hashes, hashes_kept, request, accounts, stack)


def _distribute(
    lines: Iterable[tuple[int, bytes]],
    hashes: array[int],
    hashes_kept: Iterable[int],
    request: OutputRequest,
    accounts: ConversionAccounts,
    stack: ExitStack,
) -> None:
    threshold = 1 << 64 if request.split is None else split_threshold(hashes_kept, request.split)
    streams = [stack.enter_context(atomic_output(path)) for path in request.outputs]
    written = [0] * len(streams)
    for index, line in lines:
        part = 0 if hashes[index] < threshold else 1
        streams[part].write(line)
        written[part] += 1
    accounts.outputs = dict(zip(request.outputs, written, strict=True))
    accounts.written = sum(written)
    accounts.dropped += len(hashes) - accounts.written


def _write_lines(stream: IO[bytes], lines: list[bytes]) -> None:
    if lines:
        stream.write(b"\n".join(lines) + b"\n")


def _with_part(path: str, part: str, *, compressed: bool = True) -> str:
    """Puts a part's name before the suffixes: out/faq.jsonl.gz -> out/faq.train.jsonl.gz."""
    final = PurePath(path)
    suffixes = [s for s in final.suffixes[-2:] if s in _KNOWN_SUFFIXES]
    stem = final.name.removesuffix("".join(suffixes))
    if not compressed:
        suffixes = [s for s in suffixes if s not in _COMPRESSIONS] or [".jsonl"]
    return beside(path, f"{stem}.{part}{''.join(suffixes)}")


_COMPRESSIONS = (".gz", ".zst", ".bz2")
_KNOWN_SUFFIXES = (".jsonl", ".json", ".ndjson", *_COMPRESSIONS)


def take_rows(parts: Iterable[Converted], accounts: ConversionAccounts) -> list[dict[str, Any]]:
    """Collects all rows in memory, for callers who asked for rows and not for a file."""
    rows: list[dict[str, Any]] = []
    for part in parts:
        rows += (json.loads(line) for line in part.lines)
        accounts.add(part)
    accounts.check()
    return rows
